"""What an operator installs, on real systemd, nginx and Debian."""
