"""For gunicorn: `gunicorn --config python:bot.gunicorn_conf 'bot:create_app()'`. What may differ
between two installations (workers, bind, logs) stays on the command line."""

# Otherwise any process of this account could stop and resize the server through a socket.
control_socket_disable = True
# Otherwise a header named SCRIPT_NAME, which some proxies pass on, moves the path of a request from
# under the proxy's rules. `bot.outermost` refuses such a request, this never lets it arise.
forwarder_headers = ""
