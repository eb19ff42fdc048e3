import { examineConnector } from '../testing/examine-connector.ts'
import { entra } from './connector.ts'
import { secret, settingsFor, startEntra, token } from './vendor.ts'

const accounts = ['registration', 'accounts', 'roster', 'activity', 'admins', 'leavers']

examineConnector(entra, {
  start: () => startEntra(),
  settings: settingsFor,
  secrets: [secret, token, 'ada@example.com', 'Ada@example.com', 'info@example.com'],
  hurts: {
    'POST /{tenant}/oauth2/v2.0/token': ['*'],
    'GET /v1.0/users': accounts,
    'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': ['registration'],
    'GET /v1.0/identity/conditionalAccess/policies': ['signIn', 'policies'],
    'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy': ['signIn'],
    'GET /v1.0/policies/authenticationStrengthPolicies': ['signIn', 'policies'],
    'GET /v1.0/policies/authorizationPolicy': ['authorization'],
    'GET /v1.0/roleManagement/directory/roleAssignments': ['admins'],
  },
  elsewhere: [
    'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
    'GET /v1.0/groups/{id}/transitiveMembers',
    'GET /v1.0/applications',
    'GET /v1.0/groupSettings',
    'GET /v1.0/domains',
    'GET /v1.0/identityGovernance/accessReviews/definitions',
    'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances',
    'GET /v1.0/auditLogs/directoryAudits',
  ],
})
