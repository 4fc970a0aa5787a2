import { Card } from '@domainflow/ui/primitives/card.tsx';
import type { ReactNode } from 'react';
import { Brand } from '../shell/brand.tsx';

interface SignInFrameProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** The page around a form that stands alone. */
export function SignInFrame({ title, description, children }: SignInFrameProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex justify-center">
          <Brand />
        </div>
        <Card className="p-5 sm:p-6">
          <h1 className="text-lg font-semibold">{title}</h1>
          {description === undefined ? null : <p className="mt-1 text-sm text-ink-soft">{description}</p>}
          <div className="mt-4">{children}</div>
        </Card>
      </div>
    </main>
  );
}
