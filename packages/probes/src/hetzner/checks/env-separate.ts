import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears, productionLabels, testLabels } from '../labels.ts'

const params = z.object({ productionLabels, testLabels })

export const hzEnvSeparate = {
  id: 'hz.env-separate',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Test and production servers do not share a network',
    de: 'Test- und Produktivserver teilen kein Netz',
  },
  why: {
    en: 'Test systems are guarded less, and from the same network they reach the databases of production.',
    de: 'Testsysteme werden weniger bewacht und erreichen aus demselben Netz die Datenbanken der Produktion.',
  },
  remedy: {
    en: 'Give each environment a network of its own, better a project of its own, and label every server with its environment.',
    de: 'Jeder Umgebung ein eigenes Netz geben, besser ein eigenes Projekt, und jeden Server mit seiner Umgebung kennzeichnen.',
  },
  severity: 'high',
  serves: [
    { measure: 'environment-separation', as: 'proves' },
    { measure: 'system-separation', as: 'supports' },
    { measure: 'network-segmentation', as: 'supports' },
    { measure: 'no-production-data-in-test', as: 'supports' },
  ],
  params,
  reads: ['servers', 'networks'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.31', 'BSI NET.1.1'],
  sources: ['https://docs.hetzner.com/cloud/networks/overview/'],
  pitfalls: [
    'Environments are known by labels only. A server without one, in a network of production, could be anything: fails, since nothing shows that it is separate.',
    'A network counts as production where it is labelled so itself or where a server of production is in it.',
    'Both environments in one project are reached by the same tokens and members: told, not failed.',
    'Without any server or network of production nothing is judged, which proves nothing.',
  ],
  messages: {
    alone: { en: '{name} holds production only.', de: '{name} enthält nur Produktion.' },
    mixed: {
      en: '{name} joins production with test: {servers}',
      de: '{name} verbindet Produktion mit Test: {servers}',
    },
    unlabelled: {
      en: '{name} is a network of production with servers of unknown environment: {servers}',
      de: '{name} ist ein Netz der Produktion mit Servern unbekannter Umgebung: {servers}',
    },
    unconnected: {
      en: 'No server of production is in a private network.',
      de: 'Kein Server der Produktion ist in einem privaten Netz.',
    },
    oneProject: {
      en: 'Production and test lie in one project: {servers}',
      de: 'Produktion und Test liegen in einem Projekt: {servers}',
    },
  },
  judge({ servers, networks }, { productionLabels: production, testLabels: test }) {
    const kindOf = (labels: Readonly<Record<string, string>>) =>
      bears(labels, test) ? 'test' : bears(labels, production) ? 'production' : 'unknown'
    const known = servers.map((server, index) => ({ ...server, index, kind: kindOf(server.labels) }))
    const memberships = known.flatMap((server) => [...new Set(server.networks)].map((network) => ({ network, server })))
    const within = Map.groupBy(memberships, ({ network }) => network)
    const named = (some: typeof known) =>
      some
        .map(({ name }) => name)
        .sort()
        .join(', ')
    const verdicts = networks.flatMap(({ id, name, labels }, at): Verdict | [] => {
      const members = (within.get(id) ?? []).map(({ server }) => server)
      if (kindOf(labels) !== 'production' && !members.some(({ kind }) => kind === 'production')) return []
      const because = [`networks.${at}`, ...members.map(({ index }) => `servers.${index}.labels`)]
      const subject = `network:${id}`
      const tests = members.filter(({ kind }) => kind === 'test')
      if (tests.length > 0) return fail(subject, because, 'mixed', { name, servers: named(tests) })
      const unknown = members.filter(({ kind }) => kind === 'unknown')
      if (unknown.length > 0) return fail(subject, because, 'unlabelled', { name, servers: named(unknown) })
      return pass(subject, because, 'alone', { name })
    })
    if (verdicts.length === 0 && !known.some(({ kind }) => kind === 'production')) return []
    const tests = known.filter(({ kind }) => kind === 'test')
    return [
      ...(verdicts.length === 0 ? [pass('networks', 'servers', 'unconnected')] : verdicts),
      ...(tests.length === 0 ? [] : [info('project', 'servers', 'oneProject', { servers: named(tests) })]),
    ]
  },
} satisfies Check<HetznerFacts, 'servers' | 'networks', typeof params>
