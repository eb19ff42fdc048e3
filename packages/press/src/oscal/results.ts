import { backOf, headOf, madeAt, partyId } from './frame.ts'
import { Observations, toolId } from './observations.ts'
import { known, markup, moment, prop } from './pieces.ts'
import { backingProps, implementationOf } from './item.ts'
import type { Item } from './item.ts'
import type { Scene } from './scene.ts'

/**
 * What stands behind each line at the time of the edition. Every line is an observation; it is a finding only where the
 * edition knows: proven and without an exception is satisfied, failing, absent and planned is not.
 */
export function resultsOf(scene: Scene): object {
  const { edition, say, id, items } = scene
  const observations = new Observations(scene)
  const seen = items.map((item) => ({ item, related: observations.of(item) }))
  const findings = seen.flatMap(({ item, related }) => findingOf(scene, item, related))
  const looked = items.flatMap(({ line }) => moment(line.checkedAt) ?? []).toSorted()
  const made = madeAt(edition)
  const [first = made] = looked
  const result = {
    uuid: id('result', edition.date, String(edition.number)),
    title: say.title['assessment-results'],
    description: say.result,
    start: first < made ? first : made,
    end: made,
    'local-definitions': {
      components: localComponents(scene),
      'assessment-assets': {
        'assessment-platforms': [
          { uuid: id('platform', 'art32'), title: 'art32', 'uses-components': [{ 'component-uuid': toolId(scene) }] },
        ],
      },
    },
    'reviewed-controls': {
      description: say.controls,
      'control-selections': [
        items.length === 0
          ? { 'include-all': {} }
          : { 'include-controls': items.map(({ control }) => ({ 'control-id': control })) },
      ],
    },
    ...known({ observations: observations.all, findings }),
  }
  return {
    'assessment-results': {
      ...headOf(scene, 'assessment-results'),
      'import-ap': { href: `#${id('plan')}` },
      results: [result],
      ...backOf(
        scene,
        ['catalog', 'component-definition', 'edition', 'bundle', 'checkpoint'],
        [{ uuid: id('plan'), title: say.plan, description: say.planText }],
      ),
    },
  }
}

/** Everything that observations speak of, and the tool. */
export function localComponents(scene: Scene): object[] {
  const { components, say } = scene
  const status = { state: 'other', remarks: say.notSaid }
  return [
    ...components.map(({ uuid, type, title, description }) => ({ uuid, type, title, description, status })),
    {
      uuid: toolId(scene),
      type: 'software',
      title: 'art32',
      description: say.tool,
      status: { state: 'operational' },
    },
  ]
}

/** The finding on a line; none where the edition does not know. */
export function findingOf(scene: Scene, item: Item, related: readonly object[]): object[] {
  const { line, statement, title } = item
  const state = stateOf(item)
  if (state === undefined) return []
  const implementation = implementationOf(item)
  const isExcepted = line.exception !== undefined
  return [
    {
      uuid: findingId(scene, item),
      title,
      description: [
        markup(line.text),
        scene.say.line[line.assurance],
        ...(line.exception ? [markup(scene.say.exception(line.exception.until, line.exception.reason))] : []),
      ].join('\n\n'),
      props: [...prop('line', line.id), ...backingProps(item)],
      origins: [{ actors: [{ type: 'party', 'actor-uuid': partyId(scene) }] }],
      target: {
        type: 'statement-id',
        'target-id': statement,
        status: {
          state,
          reason: state === 'satisfied' ? 'pass' : line.assurance === 'failing' ? 'fail' : 'other',
          remarks: isExcepted ? scene.say.exceptionStands : scene.say.line[line.assurance],
        },
        ...(implementation === undefined ? {} : { 'implementation-status': { state: implementation } }),
      },
      'related-observations': related,
    },
  ]
}

/** The UUID of the finding on a line. */
export function findingId({ id }: Scene, { control }: Item): string {
  return id('finding', control)
}

/**
 * Whether a line is satisfied; undefined where nobody knows. A proof that has lapsed and a line that nobody looked at are
 * neither, and what has an exception is never wholly satisfied.
 */
function stateOf({ line }: Item): 'satisfied' | 'not-satisfied' | undefined {
  switch (line.assurance) {
    case 'verified':
    case 'attested':
    case 'inherited':
      return line.exception === undefined ? 'satisfied' : 'not-satisfied'
    case 'failing':
    case 'absent':
    case 'planned':
      return 'not-satisfied'
    case 'customer':
    case 'stated':
    case 'lapsed':
      return undefined
  }
}
