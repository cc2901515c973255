"""Registration: three questions, each answered by typing or tapping."""
