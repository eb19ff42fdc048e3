import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'
import type { EntraCall } from './description.ts'

/** What the tests sign in with. */
export const tenant = '11111111-2222-4333-8444-555555555555'
export const clientId = '66666666-7777-4888-8999-aaaaaaaaaaaa'
export const secret = 'client~secret~of~the~tests'
export const token = 'token.of.the.tests'

export const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
/** Of this start: a second look must not find other times. */
const started = Date.now()
const day = (days: number): string => new Date(started - days * 86_400_000).toISOString()

/** A user as Graph sends it. */
export function user(number: number, given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: id(number),
    accountEnabled: true,
    userType: 'Member',
    userPrincipalName: `person${number}@example.com`,
    mail: null,
    employeeId: null,
    createdDateTime: day(400),
    onPremisesSyncEnabled: null,
    signInActivity: { lastSignInDateTime: day(1), lastSuccessfulSignInDateTime: day(1) },
    ...given,
  }
}

/** A rule of Conditional Access that asks everybody for a second factor, as Graph sends it. */
export function rule(
  number: number,
  given: { users?: object; conditions?: object; grantControls?: object | null } = {},
) {
  return {
    id: id(number),
    state: 'enabled',
    conditions: {
      clientAppTypes: ['all'],
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      platforms: null,
      locations: null,
      devices: null,
      clientApplications: null,
      authenticationFlows: null,
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
        ...given.users,
      },
      ...given.conditions,
    },
    grantControls:
      given.grantControls === undefined
        ? {
            operator: 'OR',
            builtInControls: ['mfa'],
            customAuthenticationFactors: [],
            termsOfUse: [],
            authenticationStrength: null,
          }
        : given.grantControls,
  }
}

export const strengthOfMfa = '00000000-0000-0000-0000-000000000002'
export const globalAdministratorRule = {
  operator: 'OR',
  builtInControls: [],
  customAuthenticationFactors: [],
  termsOfUse: [],
  authenticationStrength: { id: strengthOfMfa },
}

const value = (...items: object[]): Said => ({ value: items })
const principal = (number: number, kind: string) => ({
  id: `assignment-${number}`,
  principalId: id(number),
  roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
  directoryScopeId: '/',
  principal: { '@odata.type': `#microsoft.graph.${kind}`, id: id(number) },
})
const event = (number: number, name: string, daysAgo: number) => ({
  activityDateTime: day(daysAgo),
  result: 'success',
  targetResources: [{ id: id(number), userPrincipalName: name }],
})

type Answers = Readonly<Record<EntraCall, (asked: Asked) => Said>>

/** A small tenant in which everything can be seen. */
export const answers: Answers = {
  'POST /{tenant}/oauth2/v2.0/token': ({ body, base, params }) => {
    const form = body as Readonly<Record<string, string>>
    const isRight = form['client_secret'] === secret || form['client_assertion'] !== undefined
    return isRight && form['scope'] === `${base}/.default` && params['tenant'] === tenant
      ? { access_token: token, token_type: 'Bearer', expires_in: 3599 }
      : { status: 401, json: { error: 'invalid_client', error_codes: [7000215], error_description: `not ${secret}` } }
  },
  'GET /v1.0/users': () =>
    value(
      user(1, { userPrincipalName: 'Ada@example.com' }),
      user(2, { employeeId: '17' }),
      user(3, { userPrincipalName: 'info@example.com' }),
      user(4, { userType: 'Guest', userPrincipalName: 'guest_partner.example#EXT#@example.com' }),
      user(5, { accountEnabled: false, userPrincipalName: 'leaver@example.com', signInActivity: null }),
      user(6, { signInActivity: { lastSignInDateTime: day(1), lastSuccessfulSignInDateTime: day(200) } }),
      user(7, { createdDateTime: day(1), signInActivity: null, onPremisesSyncEnabled: true }),
    ),
  'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': () =>
    value(
      ...[1, 2, 4, 6].map((number) => ({ id: id(number), isAdmin: number === 1, isMfaCapable: true })),
      { id: id(3), isAdmin: false, isMfaCapable: false },
      { id: id(5), isAdmin: false, isMfaCapable: false },
    ),
  'GET /v1.0/identity/conditionalAccess/policies': () =>
    value(rule(101, { users: { excludeUsers: [id(3)] }, grantControls: globalAdministratorRule })),
  'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy': () => ({ isEnabled: false }),
  'GET /v1.0/policies/authenticationStrengthPolicies': () =>
    value({
      id: strengthOfMfa,
      requirementsSatisfied: 'mfa',
      allowedCombinations: ['fido2', 'password,microsoftAuthenticatorPush'],
    }),
  'GET /v1.0/policies/authorizationPolicy': () => ({
    allowInvitesFrom: 'adminsAndGuestInviters',
    guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
    defaultUserRolePermissions: {
      permissionGrantPoliciesAssigned: [
        'ManagePermissionGrantsForSelf.microsoft-user-default-low',
        'ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team',
      ],
    },
  }),
  'GET /v1.0/roleManagement/directory/roleAssignments': () =>
    value(principal(1, 'user'), principal(50, 'group'), principal(60, 'servicePrincipal')),
  'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances': () =>
    value(principal(1, 'user'), principal(7, 'user')),
  'GET /v1.0/groups/{id}/transitiveMembers': () =>
    value(
      { '@odata.type': '#microsoft.graph.user', id: id(2) },
      { '@odata.type': '#microsoft.graph.group', id: id(51) },
      { '@odata.type': '#microsoft.graph.device', id: id(52) },
    ),
  'GET /v1.0/applications': () =>
    value(
      { id: id(70), passwordCredentials: [], keyCredentials: [] },
      {
        id: id(71),
        passwordCredentials: [{ keyId: id(72), startDateTime: day(100), endDateTime: day(-100), hint: 'abc' }],
        keyCredentials: [
          { keyId: id(73), usage: 'Verify', startDateTime: day(10), endDateTime: day(-10) },
          { keyId: id(73), usage: 'Sign', startDateTime: day(10), endDateTime: day(-10) },
        ],
      },
    ),
  'GET /v1.0/groupSettings': () =>
    value({
      templateId: '5cf42378-d67d-4f36-ba46-e8b86229381d',
      values: [
        { name: 'EnableBannedPasswordCheck', value: 'True' },
        { name: 'BannedPasswordList', value: 'example\tproduct' },
        { name: 'LockoutThreshold', value: '5' },
      ],
    }),
  'GET /v1.0/domains': () =>
    value(
      { id: 'example.com', isVerified: true, authenticationType: 'Managed', passwordValidityPeriodInDays: 2147483647 },
      { id: 'federated.example', isVerified: true, authenticationType: 'Federated', passwordValidityPeriodInDays: 90 },
    ),
  'GET /v1.0/identityGovernance/accessReviews/definitions': () => value({ id: id(80) }),
  'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances': () =>
    value(
      { id: id(81), status: 'Applied', endDateTime: day(265) },
      { id: id(82), status: 'Completed', endDateTime: day(174) },
      { id: id(83), status: 'AutoReviewed', endDateTime: day(82) },
      { id: id(84), status: 'InProgress', endDateTime: null },
    ),
  'GET /v1.0/auditLogs/directoryAudits': ({ query }) =>
    query.get('$filter')?.includes('Disable account') ? value(event(5, 'leaver@example.com', 2)) : value(),
}

/** Starts the tenant, with other answers where a test wants them. */
export function startEntra(given: Partial<Answers> = {}, at?: ListenAt): Promise<VendorServer> {
  return startVendor({
    description,
    answers: { ...answers, ...given },
    isAuthorised: (headers) => headers.authorization === `Bearer ${token}`,
    open: ['POST /{tenant}/oauth2/v2.0/token'],
    at,
  })
}

/** Settings that lead to it. */
export function settingsFor(base: string): Record<string, unknown> {
  return {
    tenant,
    clientId,
    secret,
    people: ['ada@example.com', 'person6@example.com', 'person7@example.com'],
    leavers: [{ account: 'Leaver@example.com', left: day(2.5) }],
    baseUrl: base,
    authority: base,
  }
}
