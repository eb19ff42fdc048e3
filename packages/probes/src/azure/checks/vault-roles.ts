import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureKvRbac = {
  id: 'azure.kv.rbac',
  version: 1,
  connector: 'azure',
  title: { en: 'Key vaults are governed by roles', de: 'Schlüsseltresore werden über Rollen gesteuert' },
  why: {
    en: 'With access policies, everybody who may write to the vault can give himself access to what it holds.',
    de: 'Bei Zugriffsrichtlinien kann sich jeder, der den Tresor ändern darf, selbst Zugriff auf den Inhalt geben.',
  },
  remedy: {
    en: 'Give the roles first (Key Vault Secrets User and the like), then switch the vault to Azure role-based access control.',
    de: 'Zuerst die Rollen vergeben (etwa Key Vault Secrets User), dann den Tresor auf rollenbasierte Zugriffssteuerung umstellen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'encryption-key-management', as: 'proves' },
    { measure: 'secrets-management', as: 'supports' },
    { measure: 'rbac', as: 'proves' },
  ],
  params: noParams,
  reads: ['vaults'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 8.3.6', 'ISO/IEC 27001:2022 A.5.15'],
  sources: ['https://learn.microsoft.com/azure/key-vault/general/rbac-guide'],
  pitfalls: [
    'The default differs between versions of the API: what counts is what the vault says of itself, and silence means access policies.',
    'Who holds which role is not judged here; see azure.rbac-owners.',
  ],
  messages: {
    roles: { en: 'Access is given by roles.', de: 'Der Zugriff wird über Rollen vergeben.' },
    policies: {
      en: 'Access is given by access policies of the vault.',
      de: 'Der Zugriff wird über Zugriffsrichtlinien des Tresors vergeben.',
    },
  },
  judge({ vaults }) {
    return vaults.map(({ resource, rbac }, index) =>
      (rbac ? pass : fail)(resource, `vaults.${index}.rbac`, rbac ? 'roles' : 'policies'),
    )
  },
} satisfies Check<AzureFacts, 'vaults', typeof noParams>
