import { checkOf, checks, connectorOf, isFor, judgedOtherwise, parametersOf } from '@art32/probes'
import type { Check } from '@art32/probes'
import { z } from 'zod'
import { listConnections } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { standings } from '../kernel/index.ts'
import { parametersOfRegister } from '../measure/index.ts'
import { countSystems, systemErrors } from '../system/index.ts'
import { declarable, declaredOn, findParameter, listParameters, promisable, saveParameter } from './declared.ts'
import { parameterErrors } from './errors.ts'
import { judgeAgain, newestLooks } from './judge-again.ts'
import type { Settle } from './judging.ts'

const Text = z.object({ en: z.string(), de: z.string() })
const State = z.enum(['pass', 'fail', 'info', 'not-evaluated', 'not-applicable', 'stale']).nullable()
const longest = 60_000
const Given = z
  .record(z.string().max(60), z.unknown())
  .refine((given) => JSON.stringify(given).length <= longest, { message: `is longer than ${longest} characters` })
const Place = { checkId: z.string().max(100), systemId: z.uuid().nullable().default(null) }

/** So many turns of a preview are told one by one. */
const mostTurns = 100

/** What can be done with parameters of checks. */
export function parameterOperations({ judged }: { readonly judged: Settle }) {
  return [
    tenantOperation({
      id: 'parameter.list',
      summary: 'Lists checks with parameters that can be declared, and what was declared by whom and why',
      needs: 'register:read',
      input: z.object({ connected: z.enum(['true', 'false']).default('true') }),
      output: z.object({
        checks: z.array(
          z.object({
            id: z.string(),
            title: Text,
            connector: Text,
            /** Systems on which the check looks at something. */
            systems: z.array(z.object({ id: z.uuid(), name: z.string() })),
            fields: z.array(
              z.object({
                name: z.string(),
                kind: z.enum(['text', 'number', 'switch', 'choice', 'lines', 'rows', 'json']),
                label: Text,
                help: Text.optional(),
                unit: z.string().optional(),
                choices: z.array(z.string()),
                columns: z.array(z.object({ name: z.string(), label: Text, kind: z.enum(['text', 'day']) })),
                preset: z.union([z.string(), z.number(), z.boolean()]).nullable(),
              }),
            ),
            /** What only the document says, with the values that its statements promise. */
            promised: z.array(z.object({ name: z.string(), label: Text, values: z.array(z.unknown()) })),
            declared: z.array(
              z.object({
                id: z.uuid(),
                /** null: on every system. */
                systemId: z.uuid().nullable(),
                given: z.record(z.string(), z.unknown()),
                reason: z.string(),
                role: z.enum(standings),
                at: z.iso.datetime(),
              }),
            ),
          }),
        ),
      }),
      async run({ connected }, tx) {
        const connections = await listConnections(tx)
        const declared = Map.groupBy(await listParameters(tx), (row) => row.check_id)
        const wanted = await parametersOfRegister(tx)
        return {
          checks: checks
            .filter((check) => declarable(check).length > 0)
            .map((check) => ({ check, own: connections.filter(({ connector }) => isFor(check, connector)) }))
            .filter(({ check, own }) => connected === 'false' || own.length > 0 || declared.has(check.id))
            .map(({ check, own }) => ({
              id: check.id,
              title: check.title,
              connector: connectorOf(check.connector)?.title ?? { en: check.connector, de: check.connector },
              systems: [...new Map(own.map((row) => [row.system_id, row.system_name]))].map(([id, name]) => ({
                id,
                name,
              })),
              fields: fieldsOf(check),
              promised: promisedOf(check, wanted.get(check.id)),
              declared: (declared.get(check.id) ?? []).flatMap(
                ({ id, system_id: systemId, given, reason, role, at }) => {
                  const known = standings.find((one) => one === role)
                  return known ? { id, systemId, given, reason, role: known, at: at.toISOString() } : []
                },
              ),
            })),
        }
      },
    }),
    tenantOperation({
      id: 'parameter.preview',
      summary: 'Shows what would be judged otherwise with these parameters, and changes nothing',
      needs: 'register:write',
      // It writes nothing; what it is given may be longer than an address.
      changes: true,
      input: z.object({ ...Place, given: Given }),
      output: z.object({
        /** Systems whose last look could be judged. */
        looks: z.int(),
        turns: z.array(z.object({ subject: z.string(), from: State, to: State, say: Text })),
        /** Further ones that are not told one by one. */
        more: z.int(),
      }),
      refuses: [
        parameterErrors.check_not_found,
        parameterErrors.promised,
        parameterErrors.wrong,
        systemErrors.not_found,
      ],
      async run({ checkId, systemId, given }, tx) {
        const check = await placeOf(tx, checkId, systemId)
        const values = valuesFor(check, given)
        const looks = await newestLooks(tx, check, systemId)
        const sets = [...((await parametersOfRegister(tx)).get(checkId)?.values() ?? [{}])]
        const turns = (
          await Promise.all(
            looks.map(async ({ row, reading }) => {
              const own = (await declaredOn(tx, row.system_id))(check)
              const place = { check_id: checkId, system_id: systemId, given: values }
              const other = (await declaredOn(tx, row.system_id, place))(check)
              return sets.flatMap((set) =>
                judgedOtherwise(check, reading, {
                  system: row.system_id,
                  now: tx.now,
                  parameters: { ...own, ...set },
                  others: { ...other, ...set },
                }),
              )
            }),
          )
        ).flat()
        return { looks: looks.length, turns: turns.slice(0, mostTurns), more: Math.max(0, turns.length - mostTurns) }
      },
    }),
    tenantOperation({
      id: 'parameter.set',
      summary:
        'Declares parameters of a check on a system, or on all, with a reason; none: what the check takes by itself',
      needs: 'register:write',
      changes: true,
      input: z.object({ ...Place, given: Given, reason: z.string().trim().min(3).max(1_000) }),
      output: z.object({ parameterId: z.uuid() }),
      refuses: [
        parameterErrors.check_not_found,
        parameterErrors.promised,
        parameterErrors.wrong,
        systemErrors.not_found,
      ],
      async run({ checkId, systemId, given, reason }, tx) {
        const check = await placeOf(tx, checkId, systemId)
        const values = valuesFor(check, given)
        const before = await findParameter(tx, checkId, systemId)
        const id = before?.id ?? tx.newId()
        const { role } = tx.caller
        await saveParameter(tx, { id, check_id: checkId, system_id: systemId, given: values, reason, role, at: tx.now })
        await tx.append({
          type: 'parameter.changed',
          about: { kind: 'parameter', id },
          content: {
            before: before ? { check: checkId, ...shown(before.given) } : {},
            after: { check: checkId, ...shown(values) },
            reason: { reason },
          },
        })
        await judgeAgain(tx, check, systemId, judged)
        return { parameterId: id }
      },
    }),
  ]
}

function fieldsOf(check: Check) {
  const names = declarable(check)
  return parametersOf(check)
    .filter(({ name }) => names.includes(name))
    .map(({ name, kind, label, help, unit, choices, columns, preset }) => ({
      name,
      kind,
      label,
      ...(help === undefined ? {} : { help }),
      ...(unit === undefined ? {} : { unit }),
      choices: [...choices],
      columns: [...columns],
      preset,
    }))
}

function promisedOf(check: Check, wanted: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined) {
  const names = promisable(check)
  return parametersOf(check)
    .filter(({ name }) => names.has(name))
    .map(({ name, label }) => ({
      name,
      label,
      values: [
        ...new Set([...(wanted?.values() ?? [])].map((set) => set[name]).filter((value) => value !== undefined)),
      ],
    }))
}

/** @throws {parameter.check_not_found | system.not_found} */
async function placeOf(tx: TenantContext, checkId: string, systemId: string | null): Promise<Check> {
  const check = checkOf(checkId)
  if (!check || declarable(check).length === 0) throw parameterErrors.check_not_found()
  if (systemId !== null && (await countSystems(tx, [systemId])) === 0) throw systemErrors.not_found()
  return check
}

/** The values as the check takes them. @throws {parameter.promised | parameter.wrong} */
function valuesFor(check: Check, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const promised = Object.keys(given).filter((name) => promisable(check).has(name))
  if (promised.length > 0) throw parameterErrors.promised({ names: promised.join(', ') })
  const names = declarable(check)
  const parsed = Object.entries(given).map(([name, value]) => {
    const schema: unknown = names.includes(name) ? check.params.shape[name] : undefined
    const found = schema instanceof z.ZodType && value !== undefined ? schema.safeParse(value) : undefined
    return { name, found }
  })
  const wrong = parsed.filter(({ found }) => found?.success !== true).map(({ name }) => name)
  if (wrong.length > 0) throw parameterErrors.wrong({ names: wrong.join(', ') })
  return Object.fromEntries(parsed.map(({ name, found }) => [name, found?.data]))
}

/** Values as the history shows them: a list as one text. */
function shown(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')
        : value,
    ]),
  )
}
