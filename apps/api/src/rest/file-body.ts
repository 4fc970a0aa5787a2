/** The `requestBody` of a route that takes one `.txt` file as a form, with the further fields of that form. */
export const fileRequestBody = (fields: Readonly<Record<string, object>> = {}) => ({
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          ...fields,
          file: { description: 'A `.txt` file in UTF-8.', contentMediaType: 'text/plain' },
        },
      },
    },
  },
});
