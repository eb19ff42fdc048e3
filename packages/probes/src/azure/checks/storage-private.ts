import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureStoragePrivate = {
  id: 'azure.storage.private',
  version: 1,
  connector: 'azure',
  title: { en: 'Storage allows no anonymous access', de: 'Speicher erlaubt keinen anonymen Zugriff' },
  why: {
    en: 'Where an account allows it, one click on one container shows its files to the whole internet.',
    de: 'Wo ein Konto es erlaubt, zeigt ein Klick an einem Container dessen Dateien dem ganzen Internet.',
  },
  remedy: {
    en: 'Switch anonymous access off for the account (az storage account update --allow-blob-public-access false).',
    de: 'Den anonymen Zugriff für das Konto abschalten (az storage account update --allow-blob-public-access false).',
  },
  severity: 'high',
  serves: [
    { measure: 'login-authentication', as: 'supports' },
    { measure: 'system-hardening', as: 'supports' },
    { measure: 'request-authorisation', as: 'supports' },
  ],
  params: noParams,
  reads: ['storage'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 9.3.8', 'ISO/IEC 27001:2022 A.5.15'],
  sources: ['https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent'],
  pitfalls: [
    'Silence is not a no: an account made before August 2023 that does not say so allows its containers to be opened.',
    'A link with a shared access signature is not anonymous access and is not judged.',
  ],
  messages: {
    private: { en: 'Nobody gets in without an account.', de: 'Ohne Anmeldung kommt niemand hinein.' },
    open: {
      en: 'Containers of this account may be opened to everybody.',
      de: 'Container dieses Kontos dürfen für alle geöffnet werden.',
    },
    unsaid: {
      en: 'The account does not say that its containers stay closed.',
      de: 'Das Konto legt nicht fest, dass seine Container geschlossen bleiben.',
    },
  },
  judge({ storage }) {
    return storage.map(({ resource, anonymous }, index) => {
      const because = `storage.${index}.anonymous`
      if (anonymous === null) return fail(resource, because, 'unsaid')
      return (anonymous ? fail : pass)(resource, because, anonymous ? 'open' : 'private')
    })
  },
} satisfies Check<AzureFacts, 'storage', typeof noParams>
