import { differenceText } from '../changes.ts'
import type { EditionDocument } from '../edition.ts'
import { backOf, headOf } from './frame.ts'
import { known, markup, markupLine, prop } from './pieces.ts'
import { promiseProps } from './item.ts'
import type { Item } from './item.ts'
import type { Chapter, Scene } from './scene.ts'

/**
 * What the edition promises: each line is a control, each chapter a group, each measure of the catalogue that a line names a
 * resource. How a line is backed stands in the other files.
 */
export function catalogOf(scene: Scene): object {
  const groups = groupsOf(scene)
  return {
    catalog: {
      ...headOf(scene, 'catalog'),
      ...known({ groups }),
      ...backOf(scene, ['edition', 'bundle', 'checkpoint'], [...measuresOf(scene), ...decisionsOf(scene)]),
    },
  }
}

/** A chapter with the chapters below it. */
interface Node {
  readonly chapter: Chapter
  readonly below: Node[]
}

function groupsOf(scene: Scene): object[] {
  const roots: Node[] = []
  const open: Node[] = []
  for (const chapter of scene.chapters) {
    const node: Node = { chapter, below: [] }
    open.length = Math.min(open.length, chapter.level - 1)
    const above = open.at(-1)
    ;(above?.below ?? roots).push(node)
    open.push(node)
  }
  return roots.map((node) => groupOf(scene, node))
}

/** A group holds controls or groups, never both: lines above the first sub-chapter stand in a group of their own. */
function groupOf(scene: Scene, { chapter, below }: Node): object {
  const { id, own, section, items } = chapter
  const title = markupLine(section.title)
  const controls = items.map((item) => controlOf(scene, item))
  const texts = section.blocks.filter((block) => block.kind === 'text')
  const parts = texts.map(({ text }, index) => ({
    id: chapter.texts[index],
    name: 'overview',
    prose: markup(text),
  }))
  const groups = below.map((node) => groupOf(scene, node))
  const inside =
    groups.length === 0
      ? { controls }
      : { groups: controls.length === 0 ? groups : [{ id: own, title, controls }, ...groups] }
  return { id, class: 'chapter', title, ...known({ parts }), ...known(inside) }
}

function controlOf(scene: Scene, item: Item): object {
  const { control, statement, line, title, label, params } = item
  const measures = [...new Set(line.parts.map(({ measure }) => measure))]
  const kinds = measures.flatMap((measure) => scene.measureOf(measure) ?? [])
  return {
    id: control,
    class: 'line',
    title,
    ...known({
      params: params.map(({ id, name, values }) => ({
        id,
        label: markupLine(name),
        ...known({ props: prop('parameter', name) }),
        values,
      })),
    }),
    props: [
      { name: 'label', value: label },
      ...promiseProps(item),
      ...[...new Set(kinds.map(({ goal }) => goal))].flatMap((goal) => prop('goal', goal)),
      ...[...new Set(kinds.flatMap(({ art32 }) => art32))].toSorted().flatMap((point) => prop('art-32-1', point)),
    ],
    ...known({ links: measures.map((measure) => ({ href: `#${measureId(scene, measure)}`, rel: 'reference' })) }),
    parts: [{ id: statement, name: 'statement', prose: markup(line.text), ...known({ parts: itemsOf(item) }) }],
  }
}

/** The measures that a line is taken to mean, and who says so. */
function itemsOf({ parts, line }: Item): object[] {
  return line.parts.map(({ measure, title, required, confirmedBy }, index) => ({
    id: parts[index],
    name: 'item',
    title: markupLine(title),
    props: [
      ...prop('measure', measure),
      ...prop('required', required),
      ...prop('confirmed-by', confirmedBy?.by ?? 'nobody'),
      ...prop('confirmed-at', confirmedBy?.at),
      ...prop('leaf', confirmedBy?.leaf),
    ],
  }))
}

function measureId({ id }: Scene, measure: string): string {
  return id('measure', measure)
}

/** The measures of the catalogue that are named, each once. */
function measuresOf(scene: Scene): object[] {
  const { edition, items, say, measureOf } = scene
  const named = new Map(items.flatMap(({ line }) => line.parts.map(({ measure, title }) => [measure, title] as const)))
  return [...named].map(([measure, title]) => {
    const kind = measureOf(measure)
    return {
      uuid: measureId(scene, measure),
      title: markupLine(kind?.title[edition.language] ?? title),
      description: markup(kind?.description[edition.language] ?? say.catalogue),
      ...known({
        props: [
          ...prop('measure', measure),
          ...prop('goal', kind?.goal),
          ...prop('control', kind?.control),
          ...prop('kind', kind?.kind),
          ...(kind?.art32 ?? []).flatMap((point) => prop('art-32-1', point)),
          ...Object.entries(kind?.refs ?? {}).flatMap(([standard, ids]) =>
            ids.flatMap((one) => prop(`ref-${standard}`, one)),
          ),
        ],
      }),
    }
  })
}

/** What people decided about changes since the edition before: a resource each. */
function decisionsOf(scene: Scene): object[] {
  return (scene.edition.changes?.decisions ?? []).map((decision, index) => ({
    uuid: scene.id('decision', scene.edition.ledger.origin, String(decision.leaf), String(index)),
    title: markupLine(`${scene.say.since}: ${decision.after || decision.before}`),
    description: textOf(scene, decision),
    props: [
      ...prop('decided-by', decision.by),
      ...prop('decided-at', decision.at),
      ...prop('leaf', decision.leaf),
      ...prop('visibility', decision.visibility),
    ],
  }))
}

type Decision = NonNullable<EditionDocument['changes']>['decisions'][number]

function textOf({ say, edition }: Scene, { before, after, differences, reason, equivalent }: Decision): string {
  return [
    ...(before === '' ? [] : [`− ${before}`]),
    ...(after === '' ? [] : [`+ ${after}`]),
    ...differences.map((difference) => differenceText(difference, edition.language)),
    reason,
    equivalent === undefined ? say.noEquivalent : `${say.equivalent}: ${equivalent}`,
  ]
    .map(markup)
    .join('\n\n')
}
