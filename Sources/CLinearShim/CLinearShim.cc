#include "CLinearShim.h"

#include <linear.h>

#include <cstdlib>
#include <limits>
#include <new>
#include <vector>

namespace {

// The state of this thread's seeded generator; not in use outside clinear_train.
thread_local uint64_t seeded_state = 0;
thread_local bool is_seeded = false;

struct SeededScope {
    explicit SeededScope(uint64_t seed) {
        seeded_state = seed;
        is_seeded = true;
    }
    ~SeededScope() { is_seeded = false; }
};

void print_nothing(const char *) {}

}  // namespace

// liblinear shuffles its coordinates by rand(), whose state all threads of a process share: results would depend on what
// else runs. This definition comes before libc's when liblinear's call is bound: within clinear_train it draws from the
// calling thread's own SplitMix64; everywhere else it is what glibc's rand() is, a call of random().
extern "C" int rand(void) noexcept {
    if (!is_seeded) return static_cast<int>(random());
    uint64_t z = (seeded_state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<int>((z ^ (z >> 31)) & RAND_MAX);
}

struct clinear_trainer {
    const clinear_matrix matrix;
    std::vector<feature_node> nodes;
    std::vector<feature_node *> rows;
    std::vector<double> targets;
};

clinear_trainer *clinear_trainer_new(const clinear_matrix *matrix) {
    if (!matrix || matrix->row_count < 0 || matrix->column_count < 0 || !matrix->row_starts) return nullptr;
    if (matrix->column_count > std::numeric_limits<int32_t>::max() - 2) return nullptr;
    if (matrix->row_starts[0] != 0) return nullptr;
    for (int64_t r = 0; r < matrix->row_count; ++r)
        if (matrix->row_starts[r + 1] < matrix->row_starts[r]) return nullptr;
    const int64_t size = matrix->row_starts[matrix->row_count];
    if (size > 0 && (!matrix->columns || !matrix->values)) return nullptr;
    for (int64_t k = 0; k < size; ++k)
        if (matrix->columns[k] < 0 || matrix->columns[k] >= matrix->column_count) return nullptr;
    set_print_string_function(print_nothing);
    return new (std::nothrow) clinear_trainer{*matrix, {}, {}, {}};
}

void clinear_trainer_free(clinear_trainer *trainer) { delete trainer; }

clinear_status clinear_train(clinear_trainer *trainer, const int32_t *rows, const int8_t *targets, int64_t count,
                             const float *scale, double cost, double epsilon, uint64_t seed, float *weights,
                             double *bias) {
    if (!trainer || !rows || !targets || !weights || !bias || count < 1) return CLINEAR_INVALID_ARGUMENT;
    if (count > std::numeric_limits<int>::max() || !(cost > 0) || !(epsilon > 0)) return CLINEAR_INVALID_ARGUMENT;
    const clinear_matrix &matrix = trainer->matrix;
    try {
        int64_t size = 0;
        for (int64_t i = 0; i < count; ++i) {
            if (rows[i] < 0 || rows[i] >= matrix.row_count) return CLINEAR_INVALID_ARGUMENT;
            if (targets[i] != 1 && targets[i] != -1) return CLINEAR_INVALID_ARGUMENT;
            size += matrix.row_starts[rows[i] + 1] - matrix.row_starts[rows[i]] + 2;
        }
        trainer->nodes.resize(size);
        trainer->rows.resize(count);
        trainer->targets.resize(count);

        feature_node *next = trainer->nodes.data();
        for (int64_t i = 0; i < count; ++i) {
            trainer->rows[i] = next;
            trainer->targets[i] = targets[i];
            for (int64_t k = matrix.row_starts[rows[i]]; k < matrix.row_starts[rows[i] + 1]; ++k) {
                const int32_t column = matrix.columns[k];
                next->index = column + 1;
                next->value = static_cast<double>(matrix.values[k]) * (scale ? static_cast<double>(scale[column]) : 1.0);
                ++next;
            }
            *next++ = feature_node{matrix.column_count + 1, 1.0};
            *next++ = feature_node{-1, 0.0};
        }

        problem problem{};
        problem.l = static_cast<int>(count);
        problem.n = matrix.column_count + 1;
        problem.y = trainer->targets.data();
        problem.x = trainer->rows.data();
        problem.bias = 1.0;

        parameter parameter{};
        parameter.solver_type = L2R_L2LOSS_SVC_DUAL;
        parameter.C = cost;
        parameter.eps = epsilon;
        parameter.p = 0.1;
        if (check_parameter(&problem, &parameter)) return CLINEAR_INVALID_ARGUMENT;

        model *trained = nullptr;
        {
            SeededScope scope(seed);
            trained = train(&problem, &parameter);
        }
        if (!trained) return CLINEAR_ENGINE;
        // With two classes there is one weight vector, for the class seen first; with one class, none worth having.
        const double sign = trained->label && trained->label[0] == 1 ? 1.0 : -1.0;
        const bool usable = trained->nr_class == 2 && trained->w;
        for (int32_t column = 0; column < matrix.column_count; ++column) {
            const double weight = usable ? sign * trained->w[column] : 0.0;
            weights[column] = static_cast<float>(weight * (scale ? static_cast<double>(scale[column]) : 1.0));
        }
        *bias = usable ? sign * trained->w[matrix.column_count] : sign;
        free_and_destroy_model(&trained);
        return CLINEAR_OK;
    } catch (const std::bad_alloc &) {
        return CLINEAR_OUT_OF_MEMORY;
    } catch (...) {
        return CLINEAR_ENGINE;
    }
}

int clinear_library_version(void) { return liblinear_version; }
