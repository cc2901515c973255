"""The talk for people who do not know what to call their work: what they did last month becomes three suggestions."""
