import { examineConnector } from '../testing/examine-connector.ts'
import { entra } from './connector.ts'
import { secret, settingsFor, startEntra, token } from './vendor.ts'

examineConnector(entra, {
  start: () => startEntra(),
  settings: settingsFor,
  secrets: [secret, token, 'ada@example.com', 'Ada@example.com', 'info@example.com'],
  hurts: {
    'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances': ['admins'],
    'GET /v1.0/groups/{id}/transitiveMembers': ['admins'],
    'GET /v1.0/applications': ['credentials'],
    'GET /v1.0/groupSettings': ['passwords'],
    'GET /v1.0/domains': ['passwords'],
    'GET /v1.0/identityGovernance/accessReviews/definitions': ['reviews'],
    'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances': ['reviews'],
    'GET /v1.0/auditLogs/directoryAudits': ['leavers'],
  },
  elsewhere: [
    'POST /{tenant}/oauth2/v2.0/token',
    'GET /v1.0/users',
    'GET /v1.0/reports/authenticationMethods/userRegistrationDetails',
    'GET /v1.0/identity/conditionalAccess/policies',
    'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy',
    'GET /v1.0/policies/authenticationStrengthPolicies',
    'GET /v1.0/policies/authorizationPolicy',
    'GET /v1.0/roleManagement/directory/roleAssignments',
  ],
})
