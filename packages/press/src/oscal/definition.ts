import type { Component } from './components.ts'
import { backOf, headOf, referTo } from './frame.ts'
import { known, markup } from './pieces.ts'
import { backingProps, implementationOf, promiseProps } from './item.ts'
import type { Item } from './item.ts'
import { rolesFor } from './scene.ts'
import type { Scene } from './scene.ts'

/** By what the lines are implemented: the provider, its systems, its processors and the customer, with what each answers for. */
export function definitionOf(scene: Scene): object {
  return {
    'component-definition': {
      ...headOf(scene, 'component-definition'),
      components: scene.components.map((component) => componentOf(scene, component)),
      ...backOf(scene, ['catalog', 'edition', 'bundle']),
    },
  }
}

function componentOf(scene: Scene, component: Component): object {
  const { uuid, defined, title, description, items } = component
  const implementation = {
    uuid: scene.id('implementations', uuid),
    source: referTo(scene, 'catalog'),
    description: scene.say.implements,
    'implemented-requirements': items.map((item) => requirementOf(scene, uuid, item)),
  }
  return {
    uuid,
    type: defined,
    title,
    description,
    ...(items.length === 0 ? {} : { 'control-implementations': [implementation] }),
  }
}

function requirementOf(scene: Scene, component: string, item: Item): object {
  const { line, control, params } = item
  const state = implementationOf(item)
  return {
    uuid: scene.id('implementation', component, control),
    'control-id': control,
    description: markup(line.text),
    props: [
      ...(state === undefined ? [] : [{ name: 'implementation-status', value: state }]),
      ...backingProps(item),
      ...promiseProps(item),
    ],
    ...known({
      'set-parameters': params.map(({ id, values }) => ({ 'param-id': id, values })),
      'responsible-roles': rolesFor(scene, item),
    }),
    remarks: scene.say.line[line.assurance],
  }
}
