import type { EditionDocument, Line } from '../edition.ts'
import { markup, markupLine, oneLine } from './pieces.ts'
import type { Namer } from './pieces.ts'
import type { OscalWords } from './words.ts'
import type { Item } from './item.ts'

/** What lines are implemented by: the provider, a system in scope, a processor, or the customer. */
export interface Component {
  readonly kind: 'provider' | 'system' | 'processor' | 'customer'
  /** What the document calls it; empty for the provider, the customer and processors that it does not name. */
  readonly name: string
  readonly uuid: string
  /** Type in a component definition, and where a component is described as part of a system. */
  readonly defined: string
  readonly type: string
  readonly title: string
  readonly description: string
  /** The lines that concern it, in the order of the document. */
  readonly items: readonly Item[]
}

const types: Readonly<Record<Component['kind'], Pick<Component, 'defined' | 'type'>>> = {
  provider: { defined: 'service', type: 'this-system' },
  system: { defined: 'system', type: 'system' },
  processor: { defined: 'service', type: 'service' },
  customer: { defined: 'process-procedure', type: 'process-procedure' },
}

/** The components of an edition: the provider first, then in the order in which the document names them. */
export function componentsOf(
  edition: EditionDocument,
  items: readonly Item[],
  say: OscalWords,
  id: Namer,
): readonly Component[] {
  const found = new Map<string, { kind: Component['kind']; name: string; items: Set<Item> }>()
  const at = (kind: Component['kind'], name: string) => {
    const key = keyOf(kind, name)
    const one = found.get(key) ?? { kind, name: oneLine(name), items: new Set<Item>() }
    found.set(key, one)
    return one
  }
  at('provider', '')
  for (const item of items) {
    for (const [kind, name] of homesOf(item.line)) at(kind, name).items.add(item)
    // A check may have looked at a system that the line does not name: an observation needs it.
    for (const system of systemsSeen(item.line)) at('system', system)
  }
  return [...found.values()].map(({ kind, name, items: own }) => ({
    kind,
    name,
    uuid: id('component', kind, name),
    ...types[kind],
    ...described(kind, name, edition, say),
    items: [...own],
  }))
}

/** Key of a component among those of an edition. */
export function keyOf(kind: Component['kind'], name: string): string {
  return `${kind}\0${oneLine(name)}`
}

/** Where a line is implemented: by its guarantor; what the provider guarantees, on the systems in its scope. */
function homesOf(line: Line): [Component['kind'], string][] {
  switch (line.guarantor) {
    case 'customer':
      return [['customer', '']]
    case 'processor': {
      const named = line.parts
        .flatMap((part) => part.backing)
        .flatMap((backing) => (backing.kind === 'agreement' ? [backing.processor] : []))
      return (named.length === 0 ? [''] : named).map((name) => ['processor', name])
    }
    case 'us': {
      const systems = (line.systems ?? []).filter((system) => oneLine(system) !== '')
      return systems.length === 0 ? [['provider', '']] : systems.map((system) => ['system', system])
    }
  }
}

function systemsSeen(line: Line): string[] {
  return line.parts
    .flatMap((part) => part.backing)
    .flatMap((backing) => (backing.kind === 'check' && oneLine(backing.system) !== '' ? [backing.system] : []))
}

function described(
  kind: Component['kind'],
  name: string,
  edition: EditionDocument,
  say: OscalWords,
): Pick<Component, 'title' | 'description'> {
  switch (kind) {
    case 'provider':
      return {
        title: markupLine(edition.tenant.name),
        description: [say.own, ...(edition.scope.trim() === '' ? [] : [markup(edition.scope)])].join('\n\n'),
      }
    case 'system':
      return { title: markupLine(name), description: say.system }
    case 'processor':
      return { title: markupLine(name || say.processors), description: say.processor }
    case 'customer':
      return { title: say.customerTitle, description: say.customer }
  }
}
