"""Run Label Studio on a listening socket that it inherits.

This program runs in the server's Python, which has Label Studio and Django but not WarClaims:
``python launcher.py SOCKET ARGUMENT...``. The port is bound before the process starts, so that no
other program can bind it before the process ends.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

BACKLOG = 128


def main() -> None:
    """Run ``label-studio`` with the arguments after the number of the socket."""
    del sys.path[0]  # the modules in the folder of this file would hide others
    number = int(sys.argv.pop(1))
    os.set_inheritable(number, False)

    from django.core.servers import basehttp
    from label_studio import server

    def use_socket(self: Any) -> None:
        self.socket.close()
        self.socket = socket.socket(fileno=os.dup(number))
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]
        self.setup_environ()
        _give_key()

    basehttp.WSGIServer.server_bind = use_socket
    basehttp.WSGIServer.request_queue_size = BACKLOG
    server._get_free_port = lambda port, debug: port  # the port is in use by this process
    sys.exit(server.main())


def _give_key() -> None:
    """Make the key of the account valid for its user."""
    from django.apps import apps

    user = apps.get_model("users.User").objects.get(email=os.environ["LABEL_STUDIO_USERNAME"])
    keys = apps.get_model("authtoken.Token").objects
    keys.filter(user=user).delete()
    keys.create(user=user, key=os.environ["LABEL_STUDIO_USER_TOKEN"])
    settings = user.active_organization.jwt
    settings.legacy_api_tokens_enabled = True
    settings.save()


if __name__ == "__main__":
    main()
