import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { exportAddress, noticeAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import '../frame/blocks.css'

/** What a deletion answers: the receipt, and what stays. */
export type Gone = Output<'account.delete'>

/** What is stored about oneself: to take along, and to delete. */
export function YourData({ email, onGone }: { email: string; onGone: (gone: Gone) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  return (
    <section className="section" aria-labelledby="own-data">
      <h2 id="own-data">{t('yourData.title')}</h2>
      <div className="blocks">
        <p>{t('yourData.text')}</p>
        <p>
          <a href={noticeAddress(language)}>{t('yourData.notice')}</a>
        </p>
        <p>
          <a href={exportAddress} download="account.zip">
            {t('yourData.export')}
          </a>
        </p>
        <Button onClick={() => setAsking(true)}>{t('yourData.delete')}</Button>
      </div>
      <Dialog title={t('yourData.delete')} opened={asking} onClose={() => setAsking(false)}>
        <Leaving email={email} onGone={onGone} onCancel={() => setAsking(false)} />
      </Dialog>
    </section>
  )
}

/** Says what goes and what stays, and asks for address and password. */
function Leaving({ email, onGone, onCancel }: { email: string; onGone: (gone: Gone) => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const leaving = useQuery({
    queryKey: keyOf(null, 'account.leaving'),
    queryFn: ({ signal }) => call('account.leaving', {}, null, signal),
    staleTime: 0,
  })
  return (
    <Loaded read={leaving}>
      {({ ownedAlone, goes, stays }) =>
        ownedAlone.length > 0 ? (
          <div className="blocks">
            <p>{t('yourData.handOver')}</p>
            <ul>
              {ownedAlone.map(({ slug, name }) => (
                <li key={slug}>
                  <a href={`/t/${slug}/members`}>{name}</a>
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <div className="blocks">
            <h3>{t('yourData.goes')}</h3>
            <Sentences of={goes.map((text) => text[language])} />
            <h3>{t('yourData.stays')}</h3>
            <Sentences of={stays.map((text) => text[language])} />
            <Confirm email={email} onGone={onGone} onCancel={onCancel} />
          </div>
        )
      }
    </Loaded>
  )
}

function Sentences({ of: sentences }: { of: readonly string[] }) {
  return (
    <ul className="note sentences">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function Confirm({ email, onGone, onCancel }: { email: string; onGone: (gone: Gone) => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const [confirm, setConfirm] = useState('')
  const [password, setPassword] = useState('')
  const deleting = useInstallationChange('account.delete', { quiet: true, onDone: onGone })
  const isSame = confirm.trim().toLowerCase() === email
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        deleting.mutate({ confirm, ...(password === '' ? {} : { password }) })
      }}
    >
      <TextInput
        label={t('yourData.confirm', { email })}
        value={confirm}
        onChange={(event) => setConfirm(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t('account.password')}
        description={t('yourData.passwordHint')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={deleting.error ? sentenceOf(deleting.error, t) : undefined}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <div className="actions">
        <Button type="submit" variant="filled" loading={deleting.isPending} disabled={!isSame}>
          {t('yourData.forGood')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

const named = [
  'account',
  'credential',
  'session',
  'membership',
  'invitation',
  'totp',
  'passkey',
  'api_token',
  'account_certificate',
  'guest',
  'access_grant',
  'opening',
  'measure',
  'finding',
] as const

/** Tables that have a word for people; the others are said by their own name. */
function isNamed(table: string): table is (typeof named)[number] {
  return named.some((name) => name === table)
}

/** After the deletion: what was erased, to be kept, since nobody can sign in to read it again. */
export function GonePage({ receipt, stays }: Gone) {
  const { t } = useTranslation()
  const language = useLanguage()
  const file = JSON.stringify({ ...receipt, stays }, null, 2)
  return (
    <Page title={t('yourData.done')} lead={t('yourData.doneLead', { at: moment(receipt.erasedAt, language) })}>
      <p>
        <a href={`data:application/json,${encodeURIComponent(file)}`} download={`${receipt.account}.json`}>
          {t('yourData.receipt')}
        </a>
      </p>
      <section className="section">
        <h2>{t('yourData.erased')}</h2>
        <Sentences
          of={Object.entries(receipt.erased).map(([table, count]) =>
            t('yourData.rows', { what: isNamed(table) ? t(`yourData.table.${table}`) : table, count }),
          )}
        />
      </section>
      <section className="section">
        <h2>{t('yourData.stays')}</h2>
        <Sentences of={stays.map((text) => text[language])} />
      </section>
    </Page>
  )
}
