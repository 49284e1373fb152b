"""The service: WeChat, database, pages, console, jobs, command line."""
