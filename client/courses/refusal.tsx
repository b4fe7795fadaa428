/** Why something was not kept, said where the person looks. */
export const Refusal = ({ why }: { readonly why: string | null }) =>
  why === null ? null : (
    <p className="refusal" role="alert">
      {why}
    </p>
  );
