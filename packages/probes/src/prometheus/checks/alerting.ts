import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PrometheusFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().positive().default(24), {
    label: { en: 'Longest time since the watchdog arrived', de: 'Längste Zeit seit dem letzten Dauer-Alarm' },
    unit: 'hours',
  }),
})

export const apmAlerting = {
  id: 'apm.alerting',
  version: 1,
  connector: 'prometheus',
  title: { en: 'Alerts get through to their receiver', de: 'Alarme kommen beim Empfänger an' },
  why: {
    en: 'When the path of alerts is broken, everything looks quiet.',
    de: 'Ist der Alarmweg unterbrochen, sieht alles ruhig aus.',
  },
  remedy: {
    en: 'Add an alert that always fires (vector(1)) and send it the way of real alerts to a receiver that notes when it came.',
    de: 'Einen immer auslösenden Alarm (vector(1)) anlegen und auf dem Weg echter Alarme an einen Empfänger senden, der die Ankunft festhält.',
  },
  severity: 'high',
  serves: [
    { measure: 'system-monitoring', as: 'proves' },
    { measure: 'application-performance-monitoring', as: 'supports' },
    { measure: 'intrusion-detection', as: 'supports' },
  ],
  params,
  reads: ['watchdog', 'alertmanager', 'delivery'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.16', 'BSI OPS.1.1.1'],
  sources: [
    'https://prometheus.io/docs/alerting/latest/alertmanager/',
    'https://runbooks.prometheus-operator.dev/runbooks/general/watchdog/',
  ],
  pitfalls: [
    'That Alertmanager has a receiver does not show that anything arrives: only the receiver itself can say so.',
    'A silence or an inhibition that holds the watchdog back would hold others back, too.',
    'The watchdog shows the path, not that each rule has the right limits.',
    'Whether somebody reads what arrives is for a duty to prove.',
  ],
  messages: {
    firing: { en: 'The alert {name} fires.', de: 'Der Alarm {name} löst aus.' },
    quiet: { en: 'The alert {name} does not fire.', de: 'Der Alarm {name} löst nicht aus.' },
    alone: { en: 'Prometheus sends to no Alertmanager.', de: 'Prometheus sendet an keinen Alertmanager.' },
    routed: {
      en: 'Alertmanager passes it on to {receivers} receivers.',
      de: 'Der Alertmanager gibt ihn an {receivers} Empfänger weiter.',
    },
    'not-ready': { en: 'Alertmanager is not ready.', de: 'Der Alertmanager ist nicht bereit.' },
    lost: { en: 'The watchdog did not come to Alertmanager.', de: 'Der Dauer-Alarm kam nicht beim Alertmanager an.' },
    held: {
      en: 'Alertmanager holds the watchdog back (silenced or inhibited).',
      de: 'Der Alertmanager hält den Dauer-Alarm zurück (stummgeschaltet oder unterdrückt).',
    },
    arrived: {
      en: 'It last arrived {minutes} minutes before the look.',
      de: 'Zuletzt kam er {minutes} Minuten vor der Abfrage an.',
    },
    late: {
      en: 'It last arrived {hours} hours before the look; {most} are allowed.',
      de: 'Zuletzt kam er {hours} Stunden vor der Abfrage an; zulässig sind {most}.',
    },
    never: { en: 'It has never arrived at the receiver.', de: 'Er ist nie beim Empfänger angekommen.' },
  },
  judge({ watchdog, alertmanager, delivery }, { maxHours }) {
    return [judgeSource(watchdog), judgeRoute(alertmanager), judgeArrival(delivery, maxHours)]
  },
} satisfies Check<PrometheusFacts, 'watchdog' | 'alertmanager' | 'delivery', typeof params>

function judgeSource({ name, isFiring, alertmanagers }: PrometheusFacts['watchdog']): Verdict {
  if (!isFiring) return fail('source', 'watchdog.isFiring', 'quiet', { name })
  if (alertmanagers === 0) return fail('source', 'watchdog.alertmanagers', 'alone')
  return pass('source', 'watchdog', 'firing', { name })
}

function judgeRoute({ isReady, watchdog }: PrometheusFacts['alertmanager']): Verdict {
  if (!isReady) return fail('route', 'alertmanager.isReady', 'not-ready')
  if (watchdog === null) return fail('route', 'alertmanager.watchdog', 'lost')
  if (watchdog.isHeldBack) return fail('route', 'alertmanager.watchdog', 'held')
  return pass('route', 'alertmanager.watchdog', 'routed', { receivers: watchdog.receivers })
}

function judgeArrival({ minutesAgo }: PrometheusFacts['delivery'], maxHours: number): Verdict {
  if (minutesAgo === null) return fail('arrival', 'delivery.minutesAgo', 'never')
  return minutesAgo > maxHours * 60
    ? fail('arrival', 'delivery.minutesAgo', 'late', { hours: Math.floor(minutesAgo / 60), most: maxHours })
    : pass('arrival', 'delivery.minutesAgo', 'arrived', { minutes: minutesAgo })
}
