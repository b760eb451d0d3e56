"""Imported, this lets boto3 reach a loopback moto through S3 Control.

Its endpoint rules put the account before the host (123456789012.127.0.0.1), a name no resolver
knows; strip it. Anything else is resolved as usual.
"""
import re
import socket

_real = socket.getaddrinfo


def _loop(host, *a, **kw):
    if isinstance(host, (bytes, bytearray)):
        host = host.decode()
    if isinstance(host, str) and re.fullmatch(r".+\.(127\.0\.0\.1|localhost)", host):
        host = "127.0.0.1"
    return _real(host, *a, **kw)


socket.getaddrinfo = _loop
