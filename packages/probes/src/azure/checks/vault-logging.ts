import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureKvLogging = {
  id: 'azure.kv.logging',
  version: 1,
  connector: 'azure',
  title: { en: 'Key vault access is logged', de: 'Zugriffe auf Schlüsseltresore werden protokolliert' },
  why: {
    en: 'After an incident, only this log says which secrets somebody has read.',
    de: 'Nach einem Vorfall sagt nur dieses Protokoll, welche Geheimnisse jemand gelesen hat.',
  },
  remedy: {
    en: 'Add a diagnostic setting to the vault that sends the audit log to a workspace or a storage account.',
    de: 'Dem Tresor eine Diagnoseeinstellung geben, die das Audit-Protokoll an einen Arbeitsbereich oder ein Speicherkonto sendet.',
  },
  severity: 'medium',
  serves: [
    { measure: 'security-event-logging', as: 'supports' },
    { measure: 'access-logging', as: 'supports' },
    { measure: 'tamper-proof-logs', as: 'supports' },
    { measure: 'encryption-key-management', as: 'supports' },
    { measure: 'secrets-management', as: 'supports' },
  ],
  params: noParams,
  reads: ['vaultLogs'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 6.1.1.4', 'ISO/IEC 27001:2022 A.8.15'],
  sources: ['https://learn.microsoft.com/azure/key-vault/general/logging'],
  pitfalls: [
    'A diagnostic setting that sends only metrics logs no access: the category AuditEvent or a group that contains it has to be on.',
    'How long the log is kept is decided where it goes, and is not judged here.',
  ],
  messages: {
    logged: { en: 'The audit log goes to: {places}.', de: 'Das Audit-Protokoll geht an: {places}.' },
    nowhere: { en: 'The audit log goes nowhere.', de: 'Das Audit-Protokoll geht nirgendwohin.' },
  },
  judge({ vaultLogs }) {
    return vaultLogs.map(({ resource, auditTo }, index) => {
      const because = `vaultLogs.${index}.auditTo`
      return auditTo.length === 0
        ? fail(resource, because, 'nowhere')
        : pass(resource, because, 'logged', { places: [...auditTo].sort().join(', ') })
    })
  },
} satisfies Check<AzureFacts, 'vaultLogs', typeof noParams>
