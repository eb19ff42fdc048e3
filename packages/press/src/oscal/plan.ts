import type { Line } from '../edition.ts'
import { backOf, headOf, partyId } from './frame.ts'
import { Observations } from './observations.ts'
import { known, markup, moment, prop } from './pieces.ts'
import { findingId, findingOf, localComponents } from './results.ts'
import { backingProps, promiseProps } from './item.ts'
import type { Item } from './item.ts'
import type { Scene } from './scene.ts'

/** Whether something is still to do about a line. */
export function isOpen(line: Line): boolean {
  return gapOf(line) !== undefined || line.exception !== undefined
}

const openAssurances = ['failing', 'lapsed', 'absent', 'planned'] as const

/** Why a line is open apart from an exception; undefined where nothing else is. */
function gapOf({ assurance }: Line): (typeof openAssurances)[number] | undefined {
  return openAssurances.find((one) => one === assurance)
}

/**
 * What is still to do: lines that fail, have lapsed, are absent or planned, and declared exceptions with their last day.
 *
 * @returns null where nothing is open: OSCAL has no plan without an item
 */
export function planOf(scene: Scene): object | null {
  const open = scene.items.filter(({ line }) => isOpen(line))
  if (open.length === 0) return null
  const observations = new Observations(scene)
  const seen = open.map((item) => ({ item, related: observations.of(item) }))
  return {
    'plan-of-action-and-milestones': {
      ...headOf(scene, 'poam'),
      'system-id': { 'identifier-type': 'http://ietf.org/rfc/rfc4122', id: scene.id('system') },
      'local-definitions': { components: localComponents(scene) },
      observations: observations.all,
      risks: seen.map(({ item, related }) => riskOf(scene, item, related)),
      ...known({ findings: seen.flatMap(({ item, related }) => findingOf(scene, item, related)) }),
      'poam-items': seen.map(({ item, related }) => todoOf(scene, item, related)),
      ...backOf(scene, ['catalog', 'assessment-results', 'edition', 'bundle']),
    },
  }
}

function riskOf(scene: Scene, item: Item, related: readonly object[]): object {
  const { line, title } = item
  return {
    uuid: riskId(scene, item),
    title,
    description: saysOf(scene, item),
    statement: scene.say.risk[gapOf(line) ?? 'exception'],
    props: [...prop('line', line.id), ...prop('assurance', line.assurance)],
    status: statusOf(item),
    origins: [{ actors: [{ type: 'party', 'actor-uuid': partyId(scene) }] }],
    ...known({ deadline: deadlineOf(item) }),
    ...(line.assurance === 'planned'
      ? {
          remediations: [
            {
              uuid: scene.id('remediation', item.control),
              lifecycle: 'planned',
              title,
              description: markup(line.text),
            },
          ],
        }
      : {}),
    'related-observations': related,
  }
}

function todoOf(scene: Scene, item: Item, related: readonly object[]): object {
  const { line, control, title } = item
  const findings = findingOf(scene, item, related).length === 0 ? [] : [{ 'finding-uuid': findingId(scene, item) }]
  return {
    uuid: scene.id('todo', control),
    title,
    description: saysOf(scene, item),
    props: [...prop('control', control), ...prop('owner', line.owner), ...backingProps(item), ...promiseProps(item)],
    origins: [{ actors: [{ type: 'party', 'actor-uuid': partyId(scene) }] }],
    ...known({ 'related-findings': findings }),
    'related-observations': related,
    'related-risks': [{ 'risk-uuid': riskId(scene, item) }],
  }
}

function riskId({ id }: Scene, { control }: Item): string {
  return id('risk', control)
}

function saysOf({ say }: Scene, { line }: Item): string {
  return [
    markup(line.text),
    say.line[line.assurance],
    ...(line.exception ? [markup(say.exception(line.exception.until, line.exception.reason))] : []),
  ].join('\n\n')
}

/** A deviation is approved only where nothing else is open on the line. */
function statusOf({ line }: Item): string {
  return gapOf(line) === undefined ? 'deviation-approved' : 'open'
}

/** An exception counts to the end of its last day, in UTC. */
function deadlineOf({ line }: Item): string | undefined {
  const until = line.exception?.until ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(until) ? moment(`${until}T23:59:59Z`) : undefined
}
