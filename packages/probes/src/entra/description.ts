import type { Description } from '../testing/vendor.ts'

const list = ['$select', '$top', '$skiptoken'] as const

/**
 * The calls that the connector makes, as Microsoft publishes them for Graph v1.0, with the application permissions that
 * each accepts.
 */
export const description = {
  'POST /{tenant}/oauth2/v2.0/token': {},
  'GET /v1.0/users': { query: list, required: ['$select'], rights: ['User.Read.All'] },
  'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': {
    query: list,
    required: ['$select'],
    rights: ['AuditLog.Read.All'],
  },
  'GET /v1.0/identity/conditionalAccess/policies': {
    query: list,
    rights: ['Policy.Read.All', 'Policy.Read.ConditionalAccess'],
  },
  'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy': { query: ['$select'], rights: ['Policy.Read.All'] },
  'GET /v1.0/policies/authenticationStrengthPolicies': {
    query: list,
    required: ['$select'],
    rights: ['Policy.Read.AuthenticationMethod', 'Policy.Read.All'],
  },
  'GET /v1.0/policies/authorizationPolicy': { query: ['$select'], rights: ['Policy.Read.All'] },
  'GET /v1.0/roleManagement/directory/roleAssignments': {
    query: ['$filter', '$expand', '$skiptoken'],
    required: ['$filter'],
    rights: ['RoleManagement.Read.Directory'],
  },
  'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances': {
    query: ['$filter', '$expand', '$skiptoken'],
    required: ['$filter'],
    rights: ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory'],
  },
  'GET /v1.0/groups/{id}/transitiveMembers': {
    query: list,
    required: ['$select'],
    rights: ['GroupMember.Read.All'],
  },
  'GET /v1.0/applications': { query: list, required: ['$select'], rights: ['Application.Read.All'] },
  'GET /v1.0/groupSettings': { query: ['$select', '$skiptoken'], rights: ['Directory.Read.All'] },
  'GET /v1.0/domains': { query: list, required: ['$select'], rights: ['Domain.Read.All'] },
  'GET /v1.0/identityGovernance/accessReviews/definitions': {
    query: list,
    required: ['$select'],
    rights: ['AccessReview.Read.All'],
  },
  'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances': {
    query: list,
    required: ['$select'],
    rights: ['AccessReview.Read.All'],
  },
  'GET /v1.0/auditLogs/directoryAudits': {
    query: ['$filter', '$top', '$skiptoken'],
    required: ['$filter'],
    rights: ['AuditLog.Read.All'],
  },
} as const satisfies Description

export type EntraCall = keyof typeof description
