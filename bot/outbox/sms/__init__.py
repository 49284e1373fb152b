"""SMS: a line in the log by default, a gateway of the office's where notices.yaml names one."""
