import { Button, Checkbox, Code, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange } from '../api/use-api.ts'

const shortestReason = 3

/** Gives a ledger a new signing key: of a tenant, or without one of the installation. */
export function LedgerKey({ slug }: { slug?: string }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [compromised, setCompromised] = useState(false)
  const [since, setSince] = useState('')
  const change = useInstallationChange('ledger.rotate_key', {
    quiet: true,
    stale: ['ledger.show'],
    onDone: () => {
      setReason('')
      setCompromised(false)
      setSince('')
    },
  })
  const send = () =>
    change.mutate({
      ...(slug === undefined ? {} : { slug }),
      reason,
      compromised,
      ...(compromised && since !== '' ? { since: `${since}T00:00:00.000Z` } : {}),
    })
  const tell = slug === undefined ? 'tellInstallation' : 'tell'
  const told = change.variables?.compromised === true ? 'tellCompromised' : tell
  return (
    <section className="section" aria-labelledby="ledger-key">
      <h2 id="ledger-key">{t('ledgerKey.title')}</h2>
      <p className="quiet">{t('ledgerKey.text')}</p>
      {slug === undefined ? <p className="note quiet">{t('ledgerKey.witnesses')}</p> : null}
      <Textarea
        label={t('ledgerKey.reason')}
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Checkbox
        mt="sm"
        label={t('ledgerKey.compromised')}
        description={t('ledgerKey.compromisedText')}
        checked={compromised}
        onChange={(event) => setCompromised(event.currentTarget.checked)}
      />
      {compromised ? (
        <TextInput
          mt="sm"
          type="date"
          label={t('ledgerKey.since')}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
      ) : null}
      <div className="actions">
        <Button
          variant="default"
          loading={change.isPending}
          disabled={reason.trim().length < shortestReason}
          onClick={send}
        >
          {t('ledgerKey.change')}
        </Button>
      </div>
      {change.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(change.error, t)}
        </p>
      ) : null}
      <div role="status">
        {change.data ? (
          <>
            <p>{t('ledgerKey.changed', { origin: change.data.origin })}</p>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {change.data.vkey}
            </Code>
            <p className="note quiet">{t(`ledgerKey.${told}`)}</p>
          </>
        ) : null}
      </div>
    </section>
  )
}
