"""An independent check of an evidence pack, from src/pack/FORMAT.md alone: python3 verify_pack.py PACK.zip …
Exit code 0: no break found, 1: broken, 2: could not be read. Derived files are compared by digest, not written again."""
import hashlib, json, re, sys, zipfile

# Section 2: the files that are always there, those that are there sometimes, and those that are named by a digest. A name
# that is none of them is a file that nobody here has checked, whatever the manifests say of it.
ALWAYS = {'manifest.json', 'MANIFEST.sha256'} | {'3.4.3' + name for name in (
    '_README.txt', '_report.html', '_exceptions.json', '_completeness.json', '-a_change.json', '-b_evidence.json',
    '-c_decisions.json', '-c_policy.json', '-d_ledger.jsonl', '-d_disclosures.jsonl', '-d_health.json')}
SOMETIMES = {'3.4.3' + name for name in ('-b_from-jira.json', '-b_files.json', '-b_matching.jsonl', '-b_keys.json',
                                         '-c_policies.json', '-c_people.json', '-c_meetings.json')}
BY_DIGEST = re.compile(r'3\.4\.3-b_(?:(?:raw|redacted|statements)_[0-9a-f]{64}\.json|file_[0-9a-f]{64}\.bin)')

def sha(data): return hashlib.sha256(data).hexdigest()

def jcs(value):  # RFC 8785 for the values in a ledger: its numbers are whole and small
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode('utf-16-be'))
        return '{' + ','.join(json.dumps(key, ensure_ascii=False) + ':' + jcs(value[key]) for key in keys) + '}'
    if isinstance(value, list): return '[' + ','.join(map(jcs, value)) + ']'
    if isinstance(value, float): raise ValueError('a number that is not whole')
    # JSON of ECMAScript leaves U+007F as it is, and so does Python
    return json.dumps(value, ensure_ascii=False)

def commitments(value):
    if isinstance(value, dict):
        if list(value) == ['commitment']: return [value['commitment']]
        return [c for member in value.values() for c in commitments(member)]
    return [c for member in value for c in commitments(member)] if isinstance(value, list) else []

def check(path):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    breaks = [] if len(names) == len(files) else ['a file name appears twice']
    def need(good, sentence): good or breaks.append(sentence)
    for name in sorted(ALWAYS - set(files)): breaks.append(f'{name} is missing')
    for name in files: need(name in ALWAYS | SOMETIMES or BY_DIGEST.fullmatch(name), f'{name} is no file of this format')
    sums = ''.join(f'{sha(files[name])}  {name}\n' for name in sorted(files) if name != 'MANIFEST.sha256')
    need(files.get('MANIFEST.sha256') == sums.encode(), 'MANIFEST.sha256 is not what the files give')
    manifest = json.loads(files['manifest.json'])
    need(manifest['format'] == 'change-control-pack/1', 'this is another format')
    listed = {f['name']: (f['bytes'], f['sha256']) for f in manifest['files']}
    actual = {n: (len(b), sha(b)) for n, b in files.items() if n not in ('manifest.json', 'MANIFEST.sha256')}
    need(listed == actual, 'manifest.json does not agree with the files')
    need(not manifest['ledger']['breaksAtExport'], 'the ledger was broken when the pack was made')
    prev, committed, digests, evidence, facts, named, stated, against, signers = '0' * 64, set(), [], {}, set(), set(), {}, set(), set()
    lines = files['3.4.3-d_ledger.jsonl'].split(b'\n')
    need(lines.pop() == b'', 'the ledger does not end with a line feed')
    for seq, line in enumerate(lines):
        entry = json.loads(line)
        need(jcs(entry).encode() == line, f'line {seq + 1} is not canonical')
        need(entry['format'] == 'change-control-ledger/1' and entry['chain'] == manifest['change']['issueId'], f'entry {seq}: format or chain')
        need(entry['seq'] == seq and entry['prev'] == prev and entry['fact'] not in facts, f'entry {seq}: seq, prev or fact')
        facts.add(entry['fact'])
        prev, body = sha(line), entry['body']
        committed.update(commitments(body))
        if entry['kind'] == 'decision' and 'meeting' in body: named.add(body['meeting'])
        if 'contentDigest' in body and 'content' in body: digests.append((seq, body['content']['commitment'], body['contentDigest']))
        if entry['kind'] == 'file-read' and body['signatures']['verified'] > 0: against.add(body['trustVersion'])
        if entry['kind'] == 'evidence' and body['state'] == 'verified' and 'signature' in body['attributes']:
            signers.update(re.findall(r'\bkey-[1-9]\d{0,5}\b', body['attributes'].get('signedBy', '')))
        if entry['kind'] == 'file-read' and body['statementsDigest'] is not None: stated[seq] = body['statementsDigest']
        if entry['kind'] in ('evidence', 'file-read'): evidence[body['provenance']['bodyDigest']] = body['provenance'].get('redactedDigest')
    need((manifest['ledger']['entries'], manifest['ledger']['head']) == (len(lines), prev), 'the ledger does not end where the manifest says')
    opened, last = {}, ''
    for line in files['3.4.3-d_disclosures.jsonl'].split(b'\n')[:-1]:
        d = json.loads(line)
        need(jcs(d).encode() == line and last < d['commitment'] and d['commitment'] in committed, 'a disclosure is out of place')
        need(sha(jcs({'salt': d['salt'], 'value': d['value']}).encode()) == d['commitment'], f'{d["commitment"]} is not opened by its value')
        last, opened[d['commitment']] = d['commitment'], d['value']
    for seq, commitment, digest in digests:
        need(commitment not in opened or sha(jcs(opened[commitment]).encode()) == digest, f'entry {seq}: content digest')
    segment = json.loads(files['3.4.3-d_health.json'])['entries']
    for before, one in zip([None] + segment, segment):
        entry = one['entry']
        need(entry['chain'] == 'health' and (before is None or (entry['seq'] == before['entry']['seq'] + 1 and entry['prev'] == sha(jcs(before['entry']).encode()))), f'health entry {entry["seq"]}: chain, seq or prev')
        for commitment, d in one['disclosures'].items():
            need(commitment in commitments(entry['body']) and sha(jcs({'salt': d['salt'], 'value': d['value']}).encode()) == commitment, f'health entry {entry["seq"]}: {commitment} is not opened')
    meetings = json.loads(files.get('3.4.3-c_meetings.json', b'{"meetings": []}'))['meetings']
    need([m['meeting'] for m in meetings] == sorted(named), 'the records of meetings are not those that decisions name')
    for meeting in meetings:
        need(meeting['entries'] and not meeting['breaksAtExport'], f'meeting {meeting["meeting"]}: no record, or broken when the pack was made')
        before, saved = '0' * 64, set()
        for seq, one in enumerate(meeting['entries']):
            entry, body = one['entry'], one['entry']['body']
            need(entry['format'] == 'change-control-ledger/1' and entry['chain'] == 'meeting-' + meeting['meeting'] and entry['kind'] == 'meeting-saved', f'meeting entry {seq}: format, chain or kind')
            need(entry['seq'] == seq and entry['prev'] == before and entry['fact'] not in saved, f'meeting entry {seq}: seq, prev or fact')
            need(body['meeting'] == meeting['meeting'] and body['revision'] == seq + 1, f'meeting entry {seq}: meeting or revision')
            for commitment, d in one['disclosures'].items():
                need(commitment in commitments(body) and sha(jcs({'salt': d['salt'], 'value': d['value']}).encode()) == commitment, f'meeting entry {seq}: {commitment} is not opened')
            before = sha(jcs(entry).encode()); saved.add(entry['fact'])
    jira = json.loads(files.get('3.4.3-b_from-jira.json', b'{"entries": [], "breaksAtExport": []}'))
    need(not jira['breaksAtExport'], 'what Jira showed was broken when the pack was made')
    before, read = '0' * 64, set()
    for seq, one in enumerate(jira['entries']):
        entry, body = one['entry'], one['entry']['body']
        need(entry['format'] == 'change-control-ledger/1' and entry['chain'] == 'jira-' + manifest['change']['issueId'] and entry['kind'] == 'jira-read', f'reading {seq}: format, chain or kind')
        need(entry['seq'] == seq and entry['prev'] == before and entry['fact'] not in read, f'reading {seq}: seq, prev or fact')
        for commitment, d in one['disclosures'].items():
            need(commitment in commitments(body) and sha(jcs({'salt': d['salt'], 'value': d['value']}).encode()) == commitment, f'reading {seq}: {commitment} is not opened')
        before = sha(jcs(entry).encode()); read.add(entry['fact'])
    versions = json.loads(files.get('3.4.3-b_keys.json', b'{"versions": []}'))['versions']
    need(sorted(v['version'] for v in versions) == sorted(against), 'the signing keys are not those that signatures were verified against')
    need(not against or signers <= {k['key']['id'] for v in versions for k in v['keys']}, 'a key that signed is not in the pack')
    for version in versions:
        need(version['version'].split('.')[-1] == sha(jcs(version['commitments']).encode()), f'{version["version"]}: not what its name says')
        for one in version['keys']:
            need({'id': one['key']['id'], 'commitment': sha(jcs({'salt': one['salt'], 'value': one['key']}).encode())} in version['commitments'], f'{one["key"]["id"]}: not the key that was registered')
    for seq, digest in stated.items():
        gone = any(one['entry'] == seq and one['state'] == 'missing' and one['because'] for one in manifest.get('statements', []))
        data = files.get(f'3.4.3-b_statements_{digest}.json')
        need(gone if data is None else sha(data) == digest, f'entry {seq}: what its file states is not what it commits to')
    for name, data in files.items():
        if name.startswith('3.4.3-b_statements_'): need(name[19:-5] in stated.values(), f'{name} belongs to no entry')
        kind = re.fullmatch(r'3\.4\.3-b_(raw|redacted)_([0-9a-f]{64})\.json', name)
        if kind: need(kind[2] in evidence and sha(data) == (kind[2] if kind[1] == 'raw' else evidence[kind[2]]), f'{name} is not what the ledger recorded')
    return breaks

def judge(path):
    try: found = check(path)
    except (OSError, zipfile.BadZipFile) as error: return 2, [str(error)]
    except (KeyError, TypeError, ValueError, AttributeError) as error: found = [f'not in the form of a pack: {error!r}']
    return (1, found) if found else (0, ['No break found: consistent in itself, not signed.'])

if __name__ == '__main__':
    codes = [0]
    for path in sys.argv[1:]:
        code, sentences = judge(path)
        codes.append(code)
        for sentence in sentences: print(f'{path}: {code}: {sentence}')
    sys.exit(max(codes))
