"""server.py FOLDER: serves the folder on a free port of this machine and tells it on standard output;
what is posted is noted in the file `posted`. A search of events finds two."""
import functools
import http.server
import json
import sys

EVENTS = {"response": [
    {"Event": {"uuid": f"7772f0a7-f41d-5487-b8cc-4248ec697e5{n}", "info": info, "date": "2026-03-01",
               "Tag": [{"name": "tlp:white"}], "Attribute": []}}
    for n, info in enumerate(["A worm and a trojan", "Frogs sing"])]}


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8")
        with open("posted", "a", encoding="utf-8") as file:
            print("POST", self.path, " ".join(body.split("\n")), file=file)
        json.loads(body)
        answer = json.dumps(EVENTS if self.path == "/events/restSearch" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=sys.argv[1])) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
