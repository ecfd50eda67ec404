/** What `terraform show -json PLAN` prints ("JSON Output Format", format 1.2) of one rule of a security group being narrowed. */
export function terraformPlan(at: Date, groupId: string, before: string, after: string): string {
  const address = 'aws_vpc_security_group_ingress_rule.smb_from_workstations';
  const values = {
    cidr_ipv4: before,
    description: 'SMB from the CAD workstations',
    from_port: 445,
    id: 'sgr-0a5b1c6d7e8f90122',
    ip_protocol: 'tcp',
    security_group_id: groupId,
    to_port: 445,
  };
  const provider = 'registry.terraform.io/hashicorp/aws';
  const resource = { address, mode: 'managed', type: 'aws_vpc_security_group_ingress_rule', provider_name: provider };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.8',
    planned_values: { root_module: { resources: [{ ...resource, values: { ...values, cidr_ipv4: after } }] } },
    resource_changes: [
      {
        ...resource,
        name: 'smb_from_workstations',
        change: {
          actions: ['update'],
          before: values,
          after: { ...values, cidr_ipv4: after },
          after_unknown: {},
          before_sensitive: {},
          after_sensitive: {},
        },
      },
    ],
    timestamp: at.toISOString(),
    applyable: true,
    complete: true,
    errored: false,
  });
}

/** A JUnit report of these cases, all of which passed. */
export function junitReport(suite: string, at: Date, cases: readonly string[]): string {
  const lines = cases.map(
    (name, i) => `    <testcase classname="${suite}" name="${name}" time="${(0.4 + i / 10).toFixed(2)}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="0" errors="0">`,
    `  <testsuite name="${suite}" tests="${cases.length}" failures="0" errors="0" skipped="0" timestamp="${at.toISOString().slice(0, 19)}">`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
