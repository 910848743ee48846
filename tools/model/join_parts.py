"""Join the parts under public/models/ID back into whole files, each checked against the manifest. usage: join_parts.py MODELS ID OUT"""
import hashlib
import json
import os
import sys


def main(models, name, out):
    with open(f'{models}/manifest.json') as file:
        entry = next(one for one in json.load(file)['models'] if one['id'] == name)
    for described in entry['files']:
        path = f"{out}/{described['path']}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        whole = b''.join(open(f"{models}/{part['path']}", 'rb').read() for part in described['parts'])
        if hashlib.sha256(whole).hexdigest() != described['sha256']:
            sys.exit(f'{path} has not the hash that the manifest gives.')
        with open(path, 'wb') as file:
            file.write(whole)
        print(path, len(whole))


if __name__ == '__main__':
    main(*sys.argv[1:4])
