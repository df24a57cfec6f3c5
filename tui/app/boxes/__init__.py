"""What opens in a frame over a screen: each box is given what it shows and whom to tell."""
