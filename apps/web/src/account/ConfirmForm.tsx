import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { knowsPasskeys, signInByPasskey } from '../api/passkey.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { CodeField } from './CodeField.tsx'
import type { CodeKind } from './CodeField.tsx'
import { factorsQuery } from './factors.ts'
import { useFocus } from './use-focus.ts'

/** Confirms that it is the person who signed in, by the strongest that their account has. */
export function ConfirmForm({ onDone }: { onDone: () => void }) {
  const factors = useQuery({ ...factorsQuery, staleTime: 0 })
  return <Loaded read={factors}>{(known) => <Ways known={known} onDone={onDone} />}</Loaded>
}

function Ways({ known, onDone }: { known: Output<'account.factors'>; onDone: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<CodeKind>('code')
  const [typed, setTyped] = useState('')
  const field = useFocus()
  const hasKeys = known.passkeys.length > 0
  const confirming = useMutation({
    mutationFn: () => {
      if (known.totp) return call('account.confirm', { [kind]: typed.trim() })
      return call('account.confirm', { password: typed })
    },
    onSuccess: onDone,
  })
  const byKey = useMutation({ mutationFn: signInByPasskey, onSuccess: onDone })
  const problem = confirming.error ?? byKey.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        byKey.reset()
        confirming.mutate()
      }}
    >
      {known.totp ? <CodeField kind={kind} onKind={setKind} value={typed} onChange={setTyped} /> : null}
      {!known.totp && !hasKeys ? (
        <PasswordInput
          label={t('own.currentPassword')}
          autoComplete="current-password"
          ref={field}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('own.showCurrent') }}
          required
          withAsterisk={false}
        />
      ) : null}
      {problem ? (
        <p className="field-problem" role="alert">
          {sentenceOf(problem, t)}
        </p>
      ) : null}
      {hasKeys && !knowsPasskeys ? <p>{t('factor.noPasskeys')}</p> : null}
      <div className="actions">
        {known.totp || !hasKeys ? (
          <Button type="submit" variant="filled" loading={confirming.isPending} disabled={typed.trim() === ''}>
            {t('factor.confirm')}
          </Button>
        ) : null}
        {hasKeys && knowsPasskeys ? (
          <Button
            variant={known.totp ? 'default' : 'filled'}
            loading={byKey.isPending}
            onClick={() => {
              confirming.reset()
              byKey.mutate()
            }}
          >
            {t('factor.confirmByPasskey')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
