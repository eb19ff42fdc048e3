import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { description } from './description.ts'
import type { EntraCall } from './description.ts'
import { answers } from './vendor.ts'

const file = fileURLToPath(new URL('../../../../../shared/contracts/graph.subset.json', import.meta.url))

const node = z.record(z.string(), z.unknown())
type Node = z.output<typeof node>

/** Calls that the subset of the published description leaves out; their answers are described by hand. */
const selfDescribed: readonly EntraCall[] = [
  'POST /{tenant}/oauth2/v2.0/token',
  'GET /v1.0/policies/authenticationStrengthPolicies',
  'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
  'GET /v1.0/groups/{id}/transitiveMembers',
  'GET /v1.0/groupSettings',
  'GET /v1.0/identityGovernance/accessReviews/definitions/{definition}/instances',
  'GET /v1.0/auditLogs/directoryAudits',
]

/** Where answers hold what the subset does not: it leaves out what leads from one thing to another. */
const known = [
  'GET /v1.0/identity/conditionalAccess/policies value.grantControls.authenticationStrength',
  'GET /v1.0/roleManagement/directory/roleAssignments value.principal',
]

const described = Object.keys(description).filter(
  (call): call is EntraCall => !selfDescribed.some((own) => own === call),
)

describe.skipIf(!existsSync(file))('the published description of Graph v1.0 (skipped without ../shared)', () => {
  const published = existsSync(file) ? node.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  const at = (path: string): Node =>
    path
      .replace(/^#\//, '')
      .split('/')
      .reduce<Node>((from, step) => node.parse(from[step.replaceAll('~1', '/')]), published)
  const operation = (call: string) => at(`paths/${call.replace('GET /v1.0', '').replaceAll('/', '~1')}/get`)

  /** A schema with its references followed. */
  function resolve(schema: Node): Node {
    if (typeof schema['$ref'] === 'string') return resolve(at(schema['$ref']))
    const parts = z.array(node).safeParse(schema['allOf'] ?? schema['anyOf'] ?? schema['oneOf'])
    if (!parts.success) return schema
    const all = parts.data.map(resolve)
    const properties: Node = Object.assign({}, ...all.map((one) => one['properties']), schema['properties'])
    return { ...Object.assign({}, ...all), ...schema, properties }
  }

  /** Where a value has something else than the schema says. */
  function divergences(value: unknown, schema: Node, path: string): string[] {
    const { type, nullable, items, properties, enum: words } = resolve(schema)
    if (value === null) return nullable === true ? [] : [path]
    if (Array.isArray(value))
      return type === 'array' ? value.flatMap((one) => divergences(one, node.parse(items ?? {}), path)) : [path]
    if (typeof value !== 'object') return Array.isArray(words) && !words.includes(value) ? [path] : []
    const fields = node.parse(properties ?? {})
    return Object.entries(value).flatMap(([name, one]) =>
      name in fields ? divergences(one, node.parse(fields[name]), `${path}.${name}`) : [`${path}.${name}`],
    )
  }

  it.each(described)('has the call %s with its parameters', (call) => {
    const parameters = z.array(node).parse(operation(call)['parameters'] ?? [])
    const names = parameters.map((one) => resolve(one)['name'])
    const { query = [] }: { query?: readonly string[] } = description[call]
    // The mark of a further page is the vendor's own: it comes with the link and is never made here.
    for (const name of query.filter((one) => one !== '$skiptoken')) expect(names).toContain(name)
  })

  it('leaves out only the calls that are described by hand', () => {
    const paths = Object.keys(at('paths'))
    for (const call of selfDescribed) expect(paths).not.toContain(call.replace('GET /v1.0', ''))
  })

  it('says the same of the answers of the tests, but for what is known', () => {
    const asked = { params: {}, query: new URLSearchParams(), headers: {}, body: undefined, base: '' }
    const found = described.flatMap((call) => {
      const responses = node.parse(operation(call)['responses'])
      const response = resolve(node.parse(responses['2XX'] ?? responses['200']))
      const schema = z.object({ 'application/json': z.object({ schema: node }) }).parse(response['content'])
      const said = divergences(answers[call](asked), schema['application/json'].schema, '')
      return said.map((path) => `${call} ${path.slice(1)}`)
    })
    expect([...new Set(found)]).toEqual(known)
  })

  it('has the fields that are asked for', () => {
    const item = (name: string) =>
      Object.keys(node.parse(resolve(at(`components/schemas/microsoft.graph.${name}`))['properties']))
    expect(item('user')).toEqual(
      expect.arrayContaining(['accountEnabled', 'employeeId', 'mail', 'signInActivity', 'userType']),
    )
    expect(item('signInActivity')).toContain('lastSuccessfulSignInDateTime')
    expect(item('userRegistrationDetails')).toEqual(expect.arrayContaining(['id', 'isAdmin', 'isMfaCapable']))
  })
})
