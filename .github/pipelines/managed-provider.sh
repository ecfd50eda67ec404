#!/bin/sh
# For a provider who works without any CI: hands in commit hashes, times of a deployment and a signed attestation, with a shell, curl
# and OpenSSL. The envelope is described in src/providers/pipeline/FORMAT.md.
#   managed-provider.sh CHANGE ENVIRONMENT STARTED ENDED STATE COMMIT…
#   managed-provider.sh CHG-7 production 2026-03-02T09:00:00Z 2026-03-02T09:20:00Z success 8d0e7f3c2b1a09f8e7d6c5b4a39281706f5e4d3c
# Environment: INTAKE_URL, INTAKE_SECRET; ACTOR, who did it; SIGNING_KEY, a file with an EC P-256 key (openssl ecparam -name
# prime256v1 -genkey), whose public half the admin of change control registers; DEPLOYMENT, a name of this deployment that stays the
# same when it is handed in again.
set -eu
[ "$#" -ge 6 ] || { echo 'usage: managed-provider.sh CHANGE ENVIRONMENT STARTED ENDED STATE COMMIT…' >&2; exit 2; }
CHANGE=$1 ENVIRONMENT=$2 STARTED=$3 ENDED=$4 STATE=$5
shift 5
: "${INTAKE_URL:?}" "${INTAKE_SECRET:?}" "${ACTOR:?}" "${SIGNING_KEY:?}" "${DEPLOYMENT:?}"

# What is put into JSON has to be what it is meant to be; nothing that could end a string gets in.
plain() {
  case "$1" in
  '' | *[!A-Za-z0-9\ .:_+@-]*) echo "not a plain word: $1" >&2; exit 2 ;;
  esac
}
for word in "$CHANGE" "$ENVIRONMENT" "$STARTED" "$ENDED" "$STATE" "$ACTOR" "$DEPLOYMENT" "$@"; do plain "$word"; done

# HMAC-SHA256 (RFC 2104) under the secret. Given to OpenSSL as an option, the secret would stand in the machine's list of processes;
# here only the shell itself handles it.
hmac() {
  key=$(printf '%s' "$INTAKE_SECRET" | od -An -v -tx1 | tr -d ' \n')
  [ "${#key}" -le 128 ] || key=$(printf '%s' "$INTAKE_SECRET" | openssl dgst -sha256 -r | cut -c 1-64)
  { key_xor 54; cat; } | openssl dgst -sha256 -binary | { key_xor 92; cat; } | openssl dgst -sha256 -r | cut -c 1-64
}
key_xor() {
  for byte in $(printf '%-128s' "$key" | tr ' ' 0 | fold -w 2); do printf "\\$(printf %03o $((0x$byte ^ $1)))"; done
}

base64_of() { openssl base64 -A; }

# Signs a body and sends it until it is stored: the same body under the same key is the same fact, so a second time does no harm.
send() {
  body=$1
  tries=0
  while :; do
    time=$(date +%s)
    nonce=$(openssl rand -hex 16)
    signature=$(printf '%s.%s.%s' "$time" "$nonce" "$body" | hmac)
    status=$(printf '%s' "$body" | curl -sS -o /dev/null -w '%{http_code}' --max-time 60 -X POST "$INTAKE_URL" \
      --data-binary @- -H 'Content-Type: application/json' -H "X-Change-Timestamp: $time" -H "X-Change-Nonce: $nonce" \
      -H "X-Change-Signature: sha256=$signature") || status=000
    case "$status" in
    200 | 202) return 0 ;;
    000 | 408 | 429 | 5??) ;;
    *) echo "refused: HTTP $status" >&2; exit 2 ;;
    esac
    tries=$((tries + 1))
    [ "$tries" -lt "${TRIES:-6}" ] || { echo "not stored: HTTP $status" >&2; exit 2; }
    sleep "$((tries * 2))"
  done
}

# An in-toto statement in DSSE: which commits, where, when, by whom. Signed over "DSSEv1 <length> <type> <length> <payload>".
attestation() {
  type=application/vnd.in-toto+json
  comma=
  subjects=$(for id in "$@"; do printf '%s{"name":"commit","digest":{"gitCommit":"%s"}}' "$comma" "$id"; comma=,; done)
  payload=$(printf '{"_type":"https://in-toto.io/Statement/v1","subject":[%s],"predicateType":"urn:change-control:deployment:1","predicate":{"change":"%s","environment":"%s","startedOn":"%s","finishedOn":"%s","state":"%s","by":"%s"}}' \
    "$subjects" "$CHANGE" "$ENVIRONMENT" "$STARTED" "$ENDED" "$STATE" "$ACTOR")
  signed=$(printf 'DSSEv1 %d %s %d %s' "${#type}" "$type" "${#payload}" "$payload" | openssl dgst -sha256 -sign "$SIGNING_KEY" | base64_of)
  printf '{"payloadType":"%s","payload":"%s","signatures":[{"keyid":"","sig":"%s"}]}' "$type" "$(printf '%s' "$payload" | base64_of)" "$signed"
}

comma=
commits=$(for id in "$@"; do printf '%s"%s"' "$comma" "$id"; comma=,; done)
about=$(printf '"change":"%s","environment":"%s","commits":[%s],"actor":{"name":"%s"}' "$CHANGE" "$ENVIRONMENT" "$commits" "$ACTOR")

send "{\"kind\":\"commit\",\"change\":\"$CHANGE\",\"commits\":[$commits],\"idempotencyKey\":\"$DEPLOYMENT.commits\"}"
send "{\"kind\":\"deployment-status\",$about,\"state\":\"$STATE\",\"claimedAt\":\"$ENDED\",\"idempotencyKey\":\"$DEPLOYMENT.deployment\"}"
# A signature is another one each time it is made, so the first is kept: handed in again, it is the same file.
kept=${ATTESTATION:-$DEPLOYMENT.dsse.json}
[ -f "$kept" ] || attestation "$@" >"$kept"
send "{\"kind\":\"attestation\",$about,\"claimedAt\":\"$ENDED\",\"idempotencyKey\":\"$DEPLOYMENT.attestation\",\"contents\":[{\"name\":\"$DEPLOYMENT.dsse.json\",\"mediaType\":\"application/json\",\"base64\":\"$(base64_of <"$kept")\"}]}"
echo "stored: commits, deployment, attestation of $CHANGE"
