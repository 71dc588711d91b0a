// SPDX-License-Identifier: BSD-2-Clause
/* Runs a fuzz target over files, with any compiler, instead of libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * The whole file in memory of exactly its size, so that a sanitizer sees a
 * read one byte too far. NULL if it cannot be read.
 */
static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	long end = -1;

	if (!file)
		return NULL;
	if (!fseek(file, 0, SEEK_END))
		end = ftell(file);
	if (end >= 0 && !fseek(file, 0, SEEK_SET))
		data = malloc(end ? (size_t)end : 1);
	*size = data ? (size_t)end : 0;
	if (data && fread(data, 1, *size, file) != *size) {
		free(data);
		data = NULL;
	}
	fclose(file);
	return data;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		size_t size;
		uint8_t *data = read_file(argv[i], &size);

		if (!data) {
			perror(argv[i]);
			return 1;
		}
		LLVMFuzzerTestOneInput(data, size);
		free(data);
	}
	printf("%s: %d inputs\n", argv[0], argc - 1);
	return 0;
}
