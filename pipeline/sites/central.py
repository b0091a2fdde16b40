"""The central government's portal and the State Council Information Office: ``content_1234567.htm``, ``/Document/1/2.htm``."""

from __future__ import annotations

from ._site import Layout, Site

SITE = Site(
    name="central",
    hosts=("www.gov.cn", "scio.gov.cn", "china.com.cn", "china.org.cn", "xinhuanet.com", "news.cn"),
    marks=("pages_content", "fl_text", "scio_con"),
    history=(
        Layout(since="2023", body=("#UCAP-CONTENT", ".pages_content", ".scio_con", "#detailContent")),
        Layout(since="2014", body=(".pages_content", "#content", "#fl_text", "#artibody", ".zhibo_txt")),
        Layout(since="2006", body=("#printContent", "#Content", "#content", ".p1")),
    ),
)
