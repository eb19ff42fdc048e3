import type { Backing, Line } from '../edition.ts'
import { backingText } from '../phrases.ts'
import { words } from '../words.ts'
import { keyOf } from './components.ts'
import { madeAt, partyId, referTo } from './frame.ts'
import { known, markup, markupLine, moment, prop } from './pieces.ts'
import type { Prop } from './pieces.ts'
import { backingProps, promiseProps } from './item.ts'
import type { Item } from './item.ts'
import type { Scene } from './scene.ts'

/** What was seen: for each line what the edition says of it, and each leaf of the ledger that stands behind it, once. */
export class Observations {
  readonly #scene: Scene
  readonly #components: ReadonlyMap<string, string>
  readonly #homes: ReadonlyMap<Item, string[]>
  /** By UUID: the same outcome may stand behind many lines. */
  readonly #written = new Map<string, object>()

  constructor(scene: Scene) {
    this.#scene = scene
    this.#components = new Map(scene.components.map(({ kind, name, uuid }) => [keyOf(kind, name), uuid] as const))
    this.#homes = new Map(scene.items.map((item) => [item, []]))
    for (const { uuid, items } of scene.components) for (const item of items) this.#homes.get(item)?.push(uuid)
  }

  /** All that were asked for, in the order in which they were. */
  get all(): object[] {
    return [...this.#written.values()]
  }

  /** The observations behind a line. @returns references to them, the one of the line itself first */
  of(item: Item): { 'observation-uuid': string }[] {
    const line = this.#ofLine(item)
    const leaves = item.line.parts.flatMap(({ backing }) => backing.map((one) => this.#ofLeaf(one)))
    return [line, ...new Set(leaves)].map((uuid) => ({ 'observation-uuid': uuid }))
  }

  #ofLine(item: Item): string {
    const { edition, say, id } = this.#scene
    const { line, control, title } = item
    const uuid = id('line', control, edition.date)
    const own = this.#homes.get(item) ?? []
    this.#written.set(uuid, {
      uuid,
      title,
      description: [
        markup(line.text),
        say.line[line.assurance],
        ...(line.exception ? [markup(say.exception(line.exception.until, line.exception.reason))] : []),
      ].join('\n\n'),
      props: [...prop('control', control), ...backingProps(item), ...promiseProps(item), ...standsBehind(line)],
      methods: methodsOf(item),
      origins: [{ actors: [{ type: 'party', 'actor-uuid': partyId(this.#scene) }] }],
      ...known({ subjects: own.map((home) => ({ 'subject-uuid': home, type: 'component' })) }),
      collected: moment(line.checkedAt) ?? madeAt(edition),
      ...known({ expires: moment(line.freshUntil) }),
    })
    return uuid
  }

  #ofLeaf(backing: Backing): string {
    const { edition, say, id } = this.#scene
    const name = backing.kind === 'check' ? [backing.check, backing.system, backing.state] : [backing.title]
    const uuid = id('leaf', edition.ledger.origin, backing.kind, String(backing.leaf), ...name)
    if (this.#written.has(uuid)) return uuid
    this.#written.set(uuid, {
      uuid,
      title: markupLine(backing.title),
      description: markup(backingText(words[edition.language], backing, edition.language)),
      props: [...prop('kind', backing.kind), ...prop('leaf', backing.leaf), ...propsOf(backing)],
      methods: [backing.kind === 'check' ? 'TEST' : 'EXAMINE'],
      origins: [{ actors: [this.#actorOf(backing)] }],
      ...known({ subjects: this.#subjectsOf(backing) }),
      'relevant-evidence': [
        {
          href: referTo(this.#scene, 'bundle'),
          description: markup(say.evidence(backing.leaf, edition.ledger.origin)),
          props: prop('leaf', backing.leaf),
        },
      ],
      collected: moment(backing.at) ?? madeAt(edition),
    })
    return uuid
  }

  #actorOf({ kind }: Backing): object {
    return kind === 'check'
      ? { type: 'tool', 'actor-uuid': toolId(this.#scene) }
      : { type: 'party', 'actor-uuid': partyId(this.#scene) }
  }

  #subjectsOf(backing: Backing): object[] {
    const key =
      backing.kind === 'check'
        ? keyOf('system', backing.system)
        : backing.kind === 'agreement'
          ? keyOf('processor', backing.processor)
          : ''
    const uuid = this.#components.get(key)
    return uuid === undefined ? [] : [{ 'subject-uuid': uuid, type: 'component' }]
  }
}

/** The tool that the checks are. */
export function toolId({ id }: Scene): string {
  return id('tool', 'art32')
}

function propsOf(backing: Backing): Prop[] {
  switch (backing.kind) {
    case 'check':
      return [
        ...prop('check', backing.check),
        ...prop('system', backing.system),
        ...prop('state', backing.state),
        ...prop('reason', backing.reason),
      ]
    case 'sign-off':
      return prop('signed-by', backing.by)
    case 'agreement':
      return prop('processor', backing.processor)
  }
}

/** Which leaf is what to a line, since the same outcome may prove one and only support another. */
function standsBehind(line: Line): Prop[] {
  return line.parts.flatMap(({ measure, backing }) =>
    backing.flatMap((one) => prop(one.kind === 'check' ? one.role : one.kind, `${one.leaf} ${measure}`)),
  )
}

/** How the state of a line came about: by looking at systems, at papers, or only at the document. */
function methodsOf({ line }: Item): string[] {
  const kinds = new Set(line.parts.flatMap((part) => part.backing.map(({ kind }) => kind)))
  const tested = kinds.delete('check')
  return [...(tested ? ['TEST'] : []), ...(kinds.size > 0 || !tested ? ['EXAMINE'] : [])]
}
