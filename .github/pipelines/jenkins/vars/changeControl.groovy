// A step of a shared library of your own (its folder vars): changeControl command: 'gate', environment: 'production'.
// Credentials of kind "secret text": change-gate-secret, change-pipeline-secret. CHANGE_GATE_URL and CHANGE_EVIDENCE_URL are
// variables of Jenkins. Nothing of a parameter is put into a script: all of it is environment.
def call(Map told) {
    def secrets = [
        string(credentialsId: 'change-gate-secret', variable: 'CHANGE_GATE_SECRET'),
        string(credentialsId: 'change-pipeline-secret', variable: 'CHANGE_PIPELINE_SECRET'),
    ]
    def values = [
        "CHANGE_COMMAND=${told.command}",
        "CHANGE_ENVIRONMENT=${told.environment ?: ''}",
        "CHANGE_KEY=${told.change ?: ''}",
        // One a line.
        "CHANGE_OPTIONS=${(told.options ?: []).join('\n')}",
    ]
    withCredentials(secrets) {
        withEnv(values) {
            sh '''
                set -eu
                set --
                while IFS= read -r option; do
                    if [ -n "$option" ]; then set -- "$@" "$option"; fi
                done <<END
$CHANGE_OPTIONS
END
                node "${CHANGE_CLI:-tools/change-control.cjs}" "$CHANGE_COMMAND" "$@"
            '''
        }
    }
}
