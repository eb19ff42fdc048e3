import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { CodeField } from './CodeField.tsx'
import { factorsQuery, useFactorsChanged } from './factors.ts'
import { QrCode } from './QrCode.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { RemoveFactor } from './RemoveFactor.tsx'
import './factor.css'

/** The authenticator app of one's account, with its recovery codes. */
export function SecondFactor() {
  const { t } = useTranslation()
  const factors = useQuery(factorsQuery)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [secret, setSecret] = useState<Output<'account.begin_totp'> | null>(null)
  const changed = {
    onSettled: useFactorsChanged(),
    onError: (error: Error) => notifications.show({ message: sentenceOf(error, t), color: 'bad' }),
  }
  const beginning = useMutation({ mutationFn: () => call('account.begin_totp', {}), ...changed, onSuccess: setSecret })
  const removing = useMutation({ mutationFn: () => call('account.remove_totp', {}), onSettled: changed.onSettled })
  const renewing = useMutation({
    mutationFn: () => call('account.renew_recovery_codes', {}),
    ...changed,
    onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes),
  })
  return (
    <section className="section" aria-labelledby="own-factor">
      <h2 id="own-factor">{t('factor.title')}</h2>
      <Loaded read={factors}>
        {({ totp }) =>
          totp ? (
            <App
              totp={totp}
              onRenew={() => renewing.mutate()}
              onRemove={() => removing.mutateAsync()}
              isRenewing={renewing.isPending}
            />
          ) : (
            <>
              <p>{t('factor.lead')}</p>
              <div className="actions">
                <Button loading={beginning.isPending} onClick={() => beginning.mutate()}>
                  {t('factor.begin')}
                </Button>
              </div>
            </>
          )
        }
      </Loaded>
      <Dialog title={t('factor.beginTitle')} opened={secret !== null} onClose={() => setSecret(null)}>
        {secret ? (
          <Enrol
            secret={secret}
            onDone={(recoveryCodes) => {
              setSecret(null)
              setCodes(recoveryCodes)
              void changed.onSettled()
            }}
          />
        ) : null}
      </Dialog>
      <Dialog title={t('factor.recoveryTitle')} opened={codes !== null} onClose={() => setCodes(null)}>
        {codes ? <RecoveryCodes codes={codes} onKept={() => setCodes(null)} /> : null}
      </Dialog>
    </section>
  )
}

function App({
  totp,
  onRenew,
  onRemove,
  isRenewing,
}: {
  totp: NonNullable<Output<'account.factors'>['totp']>
  onRenew: () => void
  onRemove: () => Promise<unknown>
  isRenewing: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <ul className="rows">
      <li className="row member">
        <div className="row-main">
          <h3 className="row-title">{t('factor.app')}</h3>
          <p className="note quiet">
            {t('factor.since', { since: moment(totp.since, language) })}{' '}
            {t('factor.left', { count: totp.recoveryCodes })}
          </p>
        </div>
        <div className="member-side">
          <Button loading={isRenewing} onClick={onRenew}>
            {t('factor.renew')}
          </Button>
          <RemoveFactor title={t('factor.removeWhich', { name: t('factor.app') })} onRemove={onRemove} />
        </div>
      </li>
    </ul>
  )
}

function Enrol({
  secret: { secret, uri },
  onDone,
}: {
  secret: Output<'account.begin_totp'>
  onDone: (recoveryCodes: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const confirming = useMutation({
    mutationFn: () => call('account.confirm_totp', { code: code.trim() }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <>
      <p>{t('factor.scan')}</p>
      <QrCode text={uri} title={t('factor.picture')} />
      <p className="note">{t('factor.type')}</p>
      <p>
        <code className="secret">{secret.replaceAll(/.{4}(?=.)/g, '$& ')}</code>
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          confirming.mutate()
        }}
      >
        <CodeField kind="code" value={code} onChange={setCode} />
        {confirming.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(confirming.error, t)}
          </p>
        ) : null}
        <Button type="submit" variant="filled" loading={confirming.isPending} disabled={code.trim().length < 6}>
          {t('factor.finish')}
        </Button>
      </form>
    </>
  )
}
