import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { toast } from 'sonner';
import { PasswordForm } from '../features/session/password-form.tsx';
import { ThemeSwitch } from '../features/shell/theme-switch.tsx';
import { useMe } from '../lib/session.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

export function AccountPage() {
  useDocumentTitle('Account');
  const me = useMe();
  return (
    <>
      <PageHeader title="Account" />
      <div className="grid max-w-4xl gap-4 md:grid-cols-2">
        <div className="space-y-4">
          <Card className="p-4" aria-labelledby="account-who">
            <h2 id="account-who" className="mb-3 text-sm font-semibold">
              Who you are
            </h2>
            <DefinitionList
              items={[
                ['Username', me?.username ?? ''],
                ['Role', me?.role === 'admin' ? 'Administrator' : 'Member'],
              ]}
            />
          </Card>
          <Card className="p-4" aria-labelledby="account-look">
            <h2 id="account-look" className="text-sm font-semibold">
              Appearance
            </h2>
            <p className="mt-0.5 mb-3 text-sm text-ink-soft">Remembered on this device.</p>
            <ThemeSwitch />
          </Card>
        </div>
        <Card className="p-4" aria-labelledby="account-password">
          <h2 id="account-password" className="text-sm font-semibold">
            Password
          </h2>
          <p className="mt-0.5 mb-3 text-sm text-ink-soft">
            Changing it ends your sessions on other devices.
          </p>
          <PasswordForm
            currentLabel="Current password"
            onChanged={() => toast.success('Your password has been changed.')}
          />
        </Card>
      </div>
    </>
  );
}
