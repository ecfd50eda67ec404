#!/bin/sh
# Terraform behind the gate, in two steps with the approval between them:
#   terraform.sh plan     makes the plan and hands it in: what was and what will be, resource by resource
#   terraform.sh apply    asks the gate for exactly this plan, applies it, and hands in what was done and what is
# The folder of the plan is kept between the two (an artifact of the pipeline). What Terraform marks as sensitive is taken out of
# what is handed in. CHANGE_ENVIRONMENT and the other variables: PIPELINES.md, one folder up.
set -eu
cli=${CHANGE_CLI:-tools/change-control.cjs}
out=${CHANGE_PLAN_FOLDER:-.change-plan}

case "${1:-}" in
plan)
  mkdir -p "$out"
  terraform init -input=false -no-color
  terraform plan -input=false -no-color -out="$out/tfplan"
  terraform show -json "$out/tfplan" >"$out/plan.json"
  node "$cli" collect --plan "$out/plan.json" --artifact "$out/tfplan"
  ;;
apply)
  node "$cli" gate --file "$out/tfplan"
  terraform init -input=false -no-color
  ended=success
  terraform apply -input=false -no-color "$out/tfplan" >"$out/apply.log" 2>&1 || ended=failure
  cat "$out/apply.log"
  terraform show -json >"$out/after.json"
  node "$cli" collect --configuration "$out/after.json" --log "$out/apply.log" --artifact "$out/tfplan" \
    --deployed "$ended" --state "$ended"
  [ "$ended" = success ]
  ;;
*)
  echo 'usage: terraform.sh plan | apply' >&2
  exit 2
  ;;
esac
