"""The yardstick for mail: Python's own parser. Prints, as JSON, for a message, a mailbox or a saved web page:
{"head": [[name, value], ..], "plain": text, "html": markup, "attached": [name, ..]} for each message of the file; of
attachments the names alone."""
import email
import email.policy
import json
import mailbox
import sys

SHOWN = ("from", "to", "cc", "date", "subject")


def charset_text(part):
    payload = part.get_payload(decode=True) or b""
    try:
        return payload.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return payload.decode("latin-1")


def bodies(message):
    plain, html = [], []
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not part.get_filename():
            plain.append(charset_text(part))
        elif kind == "text/html" and not part.get_filename():
            html.append(charset_text(part))
    return "\n".join(plain), "\n".join(html)


def described(message):
    plain, html = bodies(message)
    head = []
    for name in SHOWN:
        try:
            head.extend([name, str(value)] for value in message.get_all(name, []))
        except Exception:
            pass
    names = [part.get_filename() for part in message.walk() if not part.is_multipart()]
    return {"head": head, "plain": plain, "html": html, "attached": [name for name in names if name]}


def main(kind, path):
    policy = email.policy.default
    if kind == "mbox":
        parse = lambda file: email.message_from_binary_file(file, policy=policy)
        messages = list(mailbox.mbox(path, factory=parse, create=False))
    else:
        with open(path, "rb") as file:
            data = file.read()
        for mark, code in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
            if data.startswith(mark):
                data = data.decode(code).encode("utf-8")
                break
        else:
            # UTF-16 without a mark: every other byte of the header is zero.
            for code, zeros in (("utf-16-le", data[1:80:2]), ("utf-16-be", data[0:80:2])):
                if zeros and not any(zeros):
                    data = data.decode(code).encode("utf-8")
                    break
        messages = [email.message_from_bytes(data, policy=policy)]
    text = json.dumps([described(message) for message in messages])
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


main(sys.argv[1], sys.argv[2])
