import { checkOf } from '@art32/probes'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug, standings } from '../kernel/index.ts'
import { parametersOfRegister } from '../measure/index.ts'
import { platformErrors } from './errors.ts'
import { judgeAgain } from './judge-again.ts'
import {
  findIncident,
  incidentsIn,
  listEarlierLooks,
  listFeeds,
  listIncidents,
  platformCheck,
  saveAcknowledgement,
} from './platform.ts'
import type { FeedRow, IncidentRow, PlatformIncident } from './platform.ts'
import { declaredOn } from './declared.ts'
import { factsOf } from './judging.ts'
import type { Settle } from './judging.ts'

const hourMs = 3_600_000
const states = ['acknowledged', 'late', 'due', 'missed', 'planned'] as const
/** What stands first: what was missed, then what is due. */
const order = ['missed', 'due', 'planned', 'late', 'acknowledged'] as const satisfies readonly (typeof states)[number][]

/** What can be done about incidents of platforms. */
export function platformOperations({ judged }: { readonly judged: Settle }) {
  return [
    tenantOperation({
      id: 'platform.list',
      summary: 'Lists open and recent incidents of the platforms in use, and who acknowledged them',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** How many that have begun nobody has acknowledged. */
        unacknowledged: z.int(),
        pages: z.array(
          z.object({
            systemId: z.uuid(),
            systemName: z.string(),
            address: z.string(),
            /** The newest look that saw the feed; null: none has. */
            seenAt: z.iso.datetime().nullable(),
            /** Whether a later look saw no feed. */
            isBlind: z.boolean(),
          }),
        ),
        incidents: z.array(
          z.object({
            systemId: z.uuid(),
            systemName: z.string(),
            incident: z.string(),
            title: z.string().nullable(),
            state: z.enum(['ongoing', 'resolved']).nullable(),
            /** Declared components; `*`: the platform does not say which. */
            touches: z.array(z.string()),
            link: z.string().nullable(),
            publishedAt: z.iso.datetime(),
            /** Until when it has to be acknowledged. */
            dueAt: z.iso.datetime(),
            standing: z.enum(states),
            acknowledgement: z
              .object({
                id: z.uuid(),
                at: z.iso.datetime(),
                role: z.enum(standings),
                note: z.string().nullable(),
              })
              .nullable(),
          }),
        ),
      }),
      async run(_, tx) {
        const [pages, known, withinHours] = [await openFeeds(tx), await listIncidents(tx), await promisedHours(tx)]
        const rows = new Map(known.map((row) => [keyOf(row.system_id, row.incident), row]))
        const incidents = (
          await Promise.all(
            pages.map(async ({ page, incidents }) => {
              const hours = await withinHours(page.system_id)
              return incidents.map((incident) =>
                viewIncident(page, incident, rows.get(keyOf(page.system_id, incident.id)), hours, tx.now),
              )
            }),
          )
        ).flat()
        return {
          unacknowledged: incidents.filter(({ standing }) => standing === 'due' || standing === 'missed').length,
          pages: pages.map(({ page, seenAt, isBlind }) => ({
            systemId: page.system_id,
            systemName: page.system_name,
            address: page.target,
            seenAt: seenAt?.toISOString() ?? null,
            isBlind,
          })),
          incidents: incidents.toSorted(
            (a, b) =>
              order.indexOf(a.standing) - order.indexOf(b.standing) || b.publishedAt.localeCompare(a.publishedAt),
          ),
        }
      },
    }),
    tenantOperation({
      id: 'platform.acknowledge',
      summary: 'Says that the caller saw an incident of a platform; counts from now, never for earlier',
      needs: 'register:write',
      changes: true,
      input: z.object({
        systemId: z.uuid(),
        incident: z.string().min(1).max(300),
        /** What it means here: what was decided, whom it concerns. */
        note: z.string().trim().min(1).max(1_000).optional(),
      }),
      output: z.object({ acknowledgementId: z.uuid() }),
      refuses: [platformErrors.not_found, platformErrors.acknowledged, platformErrors.planned],
      async run({ systemId, incident, note = null }, tx) {
        const page = (await openFeeds(tx)).find((one) => one.page.system_id === systemId && one.has(incident))
        const seen = page?.incidents.find(({ id }) => id === incident)
        if (!seen) throw platformErrors.not_found()
        if (Date.parse(seen.publishedAt) > tx.now.getTime()) throw platformErrors.planned()
        const before = await findIncident(tx, systemId, incident)
        if (before?.acknowledged_at) throw platformErrors.acknowledged()
        const id = before?.id ?? tx.newId()
        const { role } = tx.caller
        await saveAcknowledgement(tx, { id, system_id: systemId, incident, role, note })
        await tx.append({
          type: 'platform.acknowledged',
          about: { kind: 'platform-incident', id },
          content: {
            after: { incident, system: systemId, publishedAt: seen.publishedAt, role },
            ...(note === null ? {} : { reason: { reason: note } }),
          },
        })
        const check = checkOf(platformCheck)
        if (!check) throw bug(`there is no check ${platformCheck}`)
        await judgeAgain(tx, check, systemId, judged)
        return { acknowledgementId: id }
      },
    }),
  ]
}

const keyOf = (systemId: string, incident: string) => `${systemId} ${incident}`

/** Each status page with what its newest look saw that saw anything. */
async function openFeeds(tx: TenantContext) {
  const feeds = []
  for (const page of await listFeeds(tx)) {
    const { reading_id: id, facts, at } = page
    const incidents = id && facts ? incidentsIn(factsOf(tx, { id, facts })) : null
    if (incidents) feeds.push(feedOf(page, incidents, at, false))
    else feeds.push(id ? await openEarlier(tx, page) : feedOf(page, [], null, false))
  }
  return feeds
}

async function openEarlier(tx: TenantContext, page: FeedRow) {
  for (const look of await listEarlierLooks(tx, page.connection_id)) {
    const incidents = incidentsIn(factsOf(tx, look))
    if (incidents) return feedOf(page, incidents, look.at, true)
  }
  return feedOf(page, [], null, true)
}

const feedOf = (page: FeedRow, incidents: readonly PlatformIncident[], seenAt: Date | null, isBlind: boolean) => ({
  page,
  incidents,
  seenAt,
  isBlind,
  has: (id: string) => incidents.some((one) => one.id === id),
})

/** How quickly incidents have to be acknowledged on a system: the shortest time that was promised or declared. */
async function promisedHours(tx: TenantContext): Promise<(systemId: string) => Promise<number>> {
  const check = checkOf(platformCheck)
  const sets = [...((await parametersOfRegister(tx)).get(platformCheck)?.values() ?? [{}])]
  return async (systemId) => {
    if (!check) return 24
    const own = (await declaredOn(tx, systemId))(check)
    const hours = sets.map((set) => check.params.safeParse({ ...own, ...set }).data?.['withinHours'])
    return Math.min(...hours.map((one) => (typeof one === 'number' ? one : 24)))
  }
}

function viewIncident(
  page: FeedRow,
  { id, title, state, touches, link, publishedAt }: PlatformIncident,
  row: IncidentRow | undefined,
  withinHours: number,
  now: Date,
) {
  const dueAt = new Date(Date.parse(publishedAt) + withinHours * hourMs)
  const at = row?.acknowledged_at ?? null
  const role = standings.find((one) => one === row?.role)
  return {
    systemId: page.system_id,
    systemName: page.system_name,
    incident: id,
    title,
    state,
    touches,
    link,
    publishedAt,
    dueAt: dueAt.toISOString(),
    standing: standingOf(Date.parse(publishedAt), dueAt, at, now),
    acknowledgement: row && at && role ? { id: row.id, at: at.toISOString(), role, note: row.note } : null,
  }
}

/** As the check judges it, in whole hours. */
function standingOf(published: number, dueAt: Date, at: Date | null, now: Date): (typeof states)[number] {
  const withinHours = (dueAt.getTime() - published) / hourMs
  if (at) return Math.ceil((at.getTime() - published) / hourMs) <= withinHours ? 'acknowledged' : 'late'
  if (published > now.getTime()) return 'planned'
  return now <= dueAt ? 'due' : 'missed'
}
