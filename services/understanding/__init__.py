"""Understanding what tired people type as answers: amounts, dates, choices, yes and no, in every offered language."""
