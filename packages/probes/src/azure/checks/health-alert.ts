import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureServiceHealthAlert = {
  id: 'azure.service-health-alert',
  version: 1,
  connector: 'azure',
  title: { en: 'Platform incidents raise an alert', de: 'Plattformstörungen lösen eine Meldung aus' },
  why: {
    en: 'Azure tells of its own incidents and of retirements here, but only to those who asked to be told.',
    de: 'Azure meldet eigene Störungen und Abkündigungen hier, aber nur denen, die darum gebeten haben.',
  },
  remedy: {
    en: 'Make a service health alert for the subscription, with an action group that reaches the people on duty.',
    de: 'Eine Service-Health-Warnung für das Abonnement anlegen, mit einer Aktionsgruppe, die die Diensthabenden erreicht.',
  },
  severity: 'medium',
  serves: [{ measure: 'platform-status-monitoring', as: 'proves' }],
  params: noParams,
  reads: ['healthAlerts'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['CIS Microsoft Azure Foundations 6.1.2.11', 'ISO/IEC 27001:2022 A.5.24', 'ISO/IEC 27001:2022 A.6.8'],
  sources: ['https://learn.microsoft.com/azure/service-health/alerts-activity-log-service-notifications-portal'],
  pitfalls: [
    'An alert without an action group, or with one that is switched off or empty, tells nobody.',
    'Receivers are counted, never read. Whether an address still belongs to somebody is not known.',
    'An action group of a subscription that is not looked at makes the outcome not-evaluated (incomplete).',
  ],
  messages: {
    told: { en: 'Incidents are told to {count} receivers.', de: 'Störungen werden {count} Empfängern gemeldet.' },
    narrow: {
      en: 'Only incidents of some kinds, services or regions are told.',
      de: 'Nur Störungen mancher Arten, Dienste oder Regionen werden gemeldet.',
    },
    nobody: { en: 'There is an alert, but it tells nobody.', de: 'Es gibt eine Warnung, aber sie erreicht niemanden.' },
    off: { en: 'There is an alert, but it is switched off.', de: 'Es gibt eine Warnung, aber sie ist abgeschaltet.' },
    none: { en: 'No alert tells of incidents of the platform.', de: 'Keine Warnung meldet Störungen der Plattform.' },
  },
  judge({ healthAlerts }) {
    return healthAlerts.map(({ subscription, alerts }, index) => {
      const because = `healthAlerts.${index}.alerts`
      const on = alerts.filter(({ enabled }) => enabled)
      const telling = on.filter(({ receivers }) => receivers > 0)
      const whole = telling.filter(({ narrowed }) => !narrowed)
      if (whole.length > 0)
        return pass(subscription, because, 'told', { count: whole.reduce((sum, { receivers }) => sum + receivers, 0) })
      if (telling.length > 0) return info(subscription, because, 'narrow')
      return fail(subscription, because, on.length > 0 ? 'nobody' : alerts.length > 0 ? 'off' : 'none')
    })
  },
} satisfies Check<AzureFacts, 'healthAlerts', typeof noParams>
