/* One-versus-rest linear training through liblinear, for Swift.
 *
 * Rules of this border:
 *  1. A fallible function returns CLINEAR_OK or another status; results are written only on CLINEAR_OK.
 *  2. No C++ exception leaves a function; nothing calls back into Swift; nothing is printed.
 *  3. Arrays are borrowed for the call. Sizes and indices are checked before anything is allocated.
 *  4. A trainer is used by one thread at a time; several trainers may share one matrix, which they only read.
 */
#ifndef CLINEAR_SHIM_H
#define CLINEAR_SHIM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    CLINEAR_OK = 0,
    CLINEAR_INVALID_ARGUMENT = 1,
    CLINEAR_OUT_OF_MEMORY = 2,
    CLINEAR_ENGINE = 3
} clinear_status;

/* A sparse matrix by rows: row r has the columns[k], values[k] for row_starts[r] <= k < row_starts[r + 1]. */
typedef struct {
    int64_t row_count;
    int32_t column_count;
    const int64_t *row_starts;
    const int32_t *columns;
    const float *values;
} clinear_matrix;

typedef struct clinear_trainer clinear_trainer;

/* Room for one thread's training; the matrix must outlive it. NULL when out of memory or the matrix is malformed. */
clinear_trainer *clinear_trainer_new(const clinear_matrix *matrix);
void clinear_trainer_free(clinear_trainer *trainer);

/* Trains one label against the rest with an L2-regularised L2-loss SVM (liblinear solver 1, dual) and a bias of 1.
 *   rows, targets  row numbers to learn from and +1 or -1 for each
 *   scale          per column: the factor on its values, or NULL for none
 *   cost, epsilon  liblinear's C and stopping tolerance
 *   seed           of the solver's order of visits: same arguments, same weights, whatever other threads do
 *   weights        out: column_count weights, to be used on values NOT scaled (w * scale), and
 *   bias           out: the bias */
clinear_status clinear_train(clinear_trainer *trainer, const int32_t *rows, const int8_t *targets, int64_t count,
                             const float *scale, double cost, double epsilon, uint64_t seed, float *weights,
                             double *bias);

/* How many labels a group trains at once. */
#define CLINEAR_GROUP_LABELS 16

typedef struct clinear_group clinear_group;

/* Room for one thread's training of several labels that learn from the same rows, by the same method in single precision;
 * the matrix must outlive it. NULL when out of memory or the matrix is malformed. Needs 128 bytes a column. */
clinear_group *clinear_group_new(const clinear_matrix *matrix);
void clinear_group_free(clinear_group *group);

/* Forgets all labels and takes the rows the next ones learn from. */
clinear_status clinear_group_begin(clinear_group *group, const int32_t *rows, int64_t count);

/* Gives a label, 0 <= label < CLINEAR_GROUP_LABELS, its targets (+1, -1; 0 where it does not learn from the row) and the factors
 * on the values of each column. Labels not given are left out. */
clinear_status clinear_group_set(clinear_group *group, int32_t label, const int8_t *targets, const float *scale);

/* Trains all labels given, with cost, epsilon and seed as in clinear_train. */
clinear_status clinear_group_train(clinear_group *group, double cost, double epsilon, uint64_t seed);

/* Weights and bias of a label, as clinear_train gives them. */
clinear_status clinear_group_get(const clinear_group *group, int32_t label, float *weights, double *bias);

/* liblinear's version number, such as 230. */
int clinear_library_version(void);

#ifdef __cplusplus
}
#endif

#endif
