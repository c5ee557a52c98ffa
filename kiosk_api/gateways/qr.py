"""QR pictures of the status address (ISO/IEC 18004), made with the qrcode library."""

from __future__ import annotations

import base64
import io

import qrcode
import qrcode.image.svg
from qrcode.constants import ERROR_CORRECT_M


def svg(text: str) -> str:
    """Inline SVG of the code, one path, quiet zone of four modules included."""
    image = _code(text).make_image(image_factory=qrcode.image.svg.SvgPathImage)
    return str(image.to_string(encoding="unicode"))


def png_data_uri(text: str) -> str:
    """PNG of the code as a data: address."""
    buffer = io.BytesIO()
    _code(text).make_image().save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def _code(text: str) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(text)
    code.make(fit=True)
    return code
