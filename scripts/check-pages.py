#!/usr/bin/env python3
"""Looks at the pages of a running server in a real browser: Chromium, driven through a pipe, nothing else is needed.

Usage: scripts/check-pages.py BASE_URL [--axe axe.min.js] [--pictures FOLDER]

For the search page in four languages, wide and 390 px narrow: nothing is wider than the window, the page's direction is that
of its language, everything that can be clicked is reached by the Tab key with a visible focus, and the search works by
keyboard alone. With --axe (the one file of axe-core) its serious and critical findings count too; with --pictures each
page is kept as a PNG. Prints one line a page; exit 1 when anything was found, 69 without a browser.
"""
import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

LANGUAGES = {"en": "ltr", "fr": "ltr", "es": "ltr", "ar": "rtl"}
QUERIES = {"en": "cash transfers", "fr": "transferts monétaires", "es": "transferencias monetarias", "ar": "التحويلات النقدية"}
WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}
LAYOUT = """(() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth
    ? [...document.querySelectorAll('body *')].filter(e => {
        const r = e.getBoundingClientRect(); return r.width && (r.right > window.innerWidth + 1 || r.left < -1);
      }).slice(0, 3).map(e => e.tagName + '.' + e.className) : [];
  return {wide, overflows: document.documentElement.scrollWidth > window.innerWidth,
    dir: document.documentElement.dir, lang: document.documentElement.lang, title: document.title,
    clickable: [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,summary')]
      .filter(e => e.checkVisibility()).length};
})()"""
FOCUS = """(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  if (!e.dataset.place) e.dataset.place = String(window.places = (window.places || 0) + 1);
  return {place: e.dataset.place, name: e.tagName + ' ' + (e.innerText || e.id || '').trim().slice(0, 30),
    outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    inView: r.bottom > 0 && r.top < window.innerHeight};
})()"""
AXE = """axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => ({
  id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.target.join(' '))})))"""


class Browser:
    """Chromium with its DevTools protocol on file descriptors 3 and 4: messages of JSON, each ended by a zero byte."""

    def __init__(self, program, profile):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def connect():
            # Beyond 4 first: a pipe may have 3 or 4 already.
            reading, writing = os.dup(to_read), os.dup(from_write)
            reading, writing = os.dup2(reading, 100), os.dup2(writing, 101)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.out, self.into = to_write, os.fdopen(from_read, "rb")
        self.number, self.session, self.events, self.rest = 0, None, [], b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer.get("method"))

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.into.fileno(), 1 << 20)
            if not piece:
                raise RuntimeError("the browser ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def wait_for_load(self):
        while "Page.loadEventFired" not in self.events:
            self.events.append(self.receive().get("method"))

    def open(self, address):
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait_for_load()

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", "a script failed"))
        return result["result"].get("value")

    def size(self, width, height, narrow):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=narrow)

    def press(self, key, code, text=None):
        common = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **common,
                  **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def picture(self, path):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=False)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.process.wait(timeout=20)


def keyboard(browser, clickable):
    """Everything that can be clicked has its turn with Tab, where it can be seen."""
    findings, seen, rounds = [], set(), 0
    for _ in range(2 * clickable + 20):
        browser.press("Tab", 9)
        focus = browser.value(FOCUS)
        if focus is None:  # at the end: a field that has the focus from the start is not the first
            rounds += 1
            if rounds > 1:
                break
            continue
        if focus["place"] in seen:
            break
        seen.add(focus["place"])
        if not focus["outlined"]:
            findings.append(f"no visible focus on {focus['name']}")
        if not focus["inView"]:
            findings.append(f"focus out of view on {focus['name']}")
    if len(seen) < clickable:
        findings.append(f"Tab reaches {len(seen)} of {clickable} links and fields")
    return findings


def search_by_keyboard(browser, base, language):
    """From the blank page a query is typed and sent without a mouse."""
    browser.open(f"{base}/?ui={language}")
    for _ in range(12):
        if browser.value("document.activeElement.id") == "q":
            break
        browser.press("Tab", 9)
    browser.call("Input.insertText", text=QUERIES[language])
    browser.events.clear()
    browser.press("Enter", 13, "\r")
    browser.wait_for_load()
    hits = browser.value("document.querySelectorAll('.hits > li').length")
    return [] if hits else ["the search by keyboard found nothing"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("--axe")
    parser.add_argument("--pictures")
    options = parser.parse_args()
    program = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    if not program:
        print("check-pages: no Chromium found; install the package chromium", file=sys.stderr)
        return 69
    axe = open(options.axe, encoding="utf-8").read() if options.axe else None
    base, found = options.base.rstrip("/"), 0
    if options.pictures:
        os.makedirs(options.pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, profile)
        try:
            for language, direction in LANGUAGES.items():
                query = urllib.parse.quote(QUERIES[language])
                pages = {
                    "blank": f"/?ui={language}",
                    "results": f"/?ui={language}&q={query}",
                    "filtered": f"/?ui={language}&q={query}&filter%5Btype%5D=publication&collapse=true&sort=title",
                    "nothing": f"/?ui={language}&q=qqqqqq+%22zz",
                }
                for page, path in pages.items():
                    for width, (x, y) in WIDTHS.items():
                        browser.size(x, y, width == "narrow")
                        browser.open(base + path)
                        layout = browser.value(LAYOUT)
                        findings = []
                        if layout["overflows"]:
                            findings.append("wider than the window: " + ", ".join(layout["wide"]))
                        if layout["dir"] != direction or layout["lang"] != language:
                            findings.append(f"lang {layout['lang']}, dir {layout['dir']}")
                        if options.pictures:
                            browser.picture(f"{options.pictures}/{page}-{language}-{width}.png")
                        if axe:
                            browser.value(axe + ";0")
                            for finding in browser.value(AXE):
                                line = f"axe {finding['impact']} {finding['id']}: {finding['help']} {finding['nodes']}"
                                if finding["impact"] in ("serious", "critical"):
                                    findings.append(line)
                                else:
                                    print(f"note  {page} {language} {width}: {line}")
                        findings += keyboard(browser, layout["clickable"])
                        found += len(findings)
                        print(f"{'found' if findings else 'ok   '} {page} {language} {width}: "
                              f"{layout['clickable']} links and fields", *findings, sep="\n      " if findings else " ")
                findings = search_by_keyboard(browser, base, language)
                found += len(findings)
                print(f"{'found' if findings else 'ok   '} search by keyboard {language}", *findings)
        finally:
            browser.close()
    return 1 if found else 0


if __name__ == "__main__":
    started = time.monotonic()
    status = main()
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    sys.exit(status)
