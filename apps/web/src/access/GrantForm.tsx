import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '../api/api.ts'

const spans = [1, 4, 24, 72, 168] as const
const scopes = ['read', 'work'] as const

type Terms = Pick<Input<'grant.give'>, 'scope' | 'hours' | 'reason'>

/** For what, how far and how long an operator is let in, or asks to be. */
export function GrantForm({
  operators,
  pending,
  problem,
  submit,
  onSubmit,
}: {
  /** Left out where the operator asks. */
  operators?: readonly { accountId: string; name: string; email: string }[]
  pending: boolean
  problem: string | undefined
  submit: string
  onSubmit: (terms: Terms & { accountId?: string }) => void
}) {
  const { t } = useTranslation()
  const [terms, setTerms] = useState<Terms>({ scope: 'read', hours: 4, reason: '' })
  const [chosen, setChosen] = useState('')
  const accountId = operators?.find((one) => one.accountId === chosen)?.accountId ?? operators?.[0]?.accountId
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit({ ...terms, reason: terms.reason.trim(), ...(accountId === undefined ? {} : { accountId }) })
      }}
    >
      {operators ? (
        <NativeSelect
          label={t('role.operator')}
          value={accountId ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={operators.map((one) => ({ value: one.accountId, label: `${one.name} (${one.email})` }))}
        />
      ) : null}
      <NativeSelect
        label={t('grant.scopeLabel')}
        value={terms.scope}
        onChange={(event) =>
          setTerms({ ...terms, scope: scopes.find((one) => one === event.currentTarget.value) ?? 'read' })
        }
        data={scopes.map((scope) => ({ value: scope, label: t(`grant.scope.${scope}`) }))}
      />
      <NativeSelect
        label={t('grant.span')}
        value={String(terms.hours)}
        onChange={(event) => setTerms({ ...terms, hours: Number(event.currentTarget.value) })}
        data={spans.map((hours) => ({
          value: String(hours),
          label: hours < 48 ? t('grant.hours', { count: hours }) : t('grant.days', { count: hours / 24 }),
        }))}
      />
      <Textarea
        label={t('grant.reason')}
        description={t('grant.reasonHint')}
        value={terms.reason}
        onChange={(event) => setTerms({ ...terms, reason: event.currentTarget.value })}
        error={problem}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      <Button type="submit" loading={pending}>
        {submit}
      </Button>
    </form>
  )
}
