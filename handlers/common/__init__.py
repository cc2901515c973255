"""What every conversation shares: taps and commands, guards, the way home, trouble."""
