"""What stands behind the commands in bin/: makes ready, starts and stops. Imported by nobody."""
