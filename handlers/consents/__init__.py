"""What a person agrees to besides: one purpose at a time, given and taken back."""
