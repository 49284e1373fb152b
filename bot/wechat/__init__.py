"""The WeChat platform: the callback it posts messages to, and the client for what we send."""

PATH = "/wechat"
