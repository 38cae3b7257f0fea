"""The outside world, small and local: Telegram and M-Pesa over their own wire protocols."""
